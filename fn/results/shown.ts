import { isMapping } from '../input/item.ts'
import { unicodeEscape } from '../yaml/scalars.ts'

/** So long may a text in a result be; what is longer is cut in its middle, since it ends with the way out. */
const LENGTH_MAX = 1000
const END = 300
/** So much of a text's beginning and of its end is looked at for secrets: far more than is shown. */
const LOOKED_AT = 2 * LENGTH_MAX

/** What a result shows of a text: all of it but secrets, or its beginning and its end. */
export function shownText(text: string): string {
  const ends = text.length > 2 * LOOKED_AT ? `${text.slice(0, LOOKED_AT)} ${text.slice(-LOOKED_AT)}` : text
  const shown = withoutSecrets(ends)
  return shown.length > LENGTH_MAX ? `${shown.slice(0, LENGTH_MAX - END - 1)}…${shown.slice(-END)}` : shown
}

/**
 * What a result shows of the value that these names lead to; undefined for a secret, for a text of several lines, which may be a
 * file, and for what is long and no text.
 */
export function shownValue(value: unknown, names: readonly (string | number)[]): unknown {
  if (names.some((name) => isSecretName(String(name)))) return undefined
  if (typeof value === 'string')
    return value.includes('\n') ? undefined : shownText(names.includes('buildkitdToml') ? withoutUser(value) : value)
  if (typeof value !== 'object' || value === null) return value
  return JSON.stringify(value).length > LENGTH_MAX ? undefined : withoutSecretsIn(value)
}

function withoutSecretsIn(value: unknown): unknown {
  if (typeof value === 'string') return withoutSecrets(value)
  if (Array.isArray(value)) return value.map(withoutSecretsIn)
  if (!isMapping(value)) return value
  const entries = Object.entries(value).filter(([name]) => !isSecretName(name))
  return Object.fromEntries(entries.map(([name, one]) => [name, withoutSecretsIn(one)]))
}

/** The fields of a container whose values may be secrets, whatever they are called. */
export const PRIVATE_FIELDS: readonly string[] = ['env', 'args', 'command', 'httpHeaders']

/** What would end a line, steer a terminal, or show text in another order. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const CONTROLS = /[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g

/** What a CI runner takes for a command: GitHub's where a line starts with it, Azure's and GitHub's old ones anywhere. */
const COMMANDS = /^\s*:(?=:)|#(?=#(?:\[|vso\[))/g

/** A text on one line that is nothing but text to terminals and CI, whatever a name or a file of somebody else has in it. */
export function oneLine(text: string): string {
  return text.replace(CONTROLS, unicodeEscape).replace(COMMANDS, (command) => unicodeEscape(command.trim()))
}

/** What stands for a text that is not shown. */
const HIDDEN = '***'

/** What holds a secret whatever it stands in, and what is left of it. */
const SECRETS: readonly (readonly [RegExp, string])[] = [
  // User and password of an address; "@" before a digest is an image's.
  [/:\/\/[^\s"'`]+@(?!sha\d)/g, `://${HIDDEN}@`],
  [/(?<=^|[\s"'`([{=,])[^\s"'`()[\]{}=,/@:]+:(?!\/\/)[^\s"'`@]+@(?!sha\d)/g, `${HIDDEN}@`],
  // What a file gives a name that says so, up to the quote that closes all of it.
  [
    /([\w.-]*(?:passw(?:or)?d|passphrase|secret|token|credential|auth)[\w-]*\\?["']?\s*=\s*)(?:\\?"(?:[^"\\]|\\(?!"))*\\?"|'[^']*'|[^\s,;}\]]+?(?=(?:\\?["'`][).:?!]*)?(?:[\s,;}\]]|$)))/gi,
    `$1${HIDDEN}`,
  ],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----(?:[^-]|-(?!----END))*(?:-----END [A-Z ]*-----)?/g, HIDDEN],
  // The same in base64, as a Secret has it.
  [/\bLS0tLS1CRUdJT[\w+/=]*/g, HIDDEN],
  [/\b(?:Basic|Bearer)\s+[\w.~+/=-]{8,}/gi, HIDDEN],
  // Tokens that name their kind: of GitHub, GitLab, Docker Hub, npm, Slack, AWS, and signed ones.
  [/\b(?:gh[oprsu]_|github_pat_|glpat-|dckr_[a-z]+_|npm_|xox[a-z]-)[\w-]{10,}/g, HIDDEN],
  [/\b(?:AKIA|ASIA)[A-Z\d]{16}\b/g, HIDDEN],
  [/\beyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?/g, HIDDEN],
]

/** A text as it may be shown to whoever reads logs: without passwords and tokens that can be told from other text. */
export function withoutSecrets(text: string): string {
  return SECRETS.reduce((rest, [pattern, shown]) => rest.replace(pattern, shown), text)
}

/**
 * An address without what is before its last "@": a user and a password, which may have any characters in them. The "@" before a digest is
 * an image's.
 */
export function withoutUser(address: string): string {
  const at = address.lastIndexOf('@')
  if (at < 0 || /^@sha\d+:/.test(address.slice(at))) return address
  const [scheme = ''] = /^[a-z][a-z\d+.-]*:\/\//i.exec(address) ?? []
  return `${scheme}${HIDDEN}${address.slice(at)}`
}

const SECRET_NAME =
  /pass(?:word|wd|phrase)|secret|token|credential|authorization|(?:^|[-_.])auth$|Auth$|(?:api|access|private|signing)[-_]?key/i

/** Whether the value of a field or key of this name is not shown. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name)
}
