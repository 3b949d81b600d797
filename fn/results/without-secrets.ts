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
