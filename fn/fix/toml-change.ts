import { FIX, type Result } from '../results.ts'
import { readToml } from '../toml/read-toml.ts'

/** `count` lines of a TOML text, from `line` on, become one line, or none. */
export interface TomlChange {
  readonly line: number
  readonly count: number
  readonly text?: string
}

const KEY = /(?:[\w-]+|"[^"\\]*"|'[^']*')/
const STATEMENT = new RegExp(
  `^(?<before>\\s*(?:${KEY.source}\\s*\\.\\s*)*)(?<key>${KEY.source})(?<equals>\\s*=\\s*)(?<rest>.*)$`,
)
/** So many `#` may a value have in it. */
const HASHES_MAX = 10
/** So many lines may a value have that is removed. */
const LINES_MAX = 100

/** The change that corrects the setting that a result is about; undefined where it is not sure, as in an inline table. */
export function tomlChange(toml: string, { field, tags, [FIX]: fix }: Result): TomlChange | undefined {
  const line = Number(tags?.tomlLine)
  const lines = toml.split('\n')
  const groups = STATEMENT.exec(lines[line - 1] ?? '')?.groups
  if (!groups || 'error' in readToml(toml)) return undefined
  const { before = '', key = '', equals = '', rest = '' } = groups
  if (fix?.kind === 'remove') return removal(lines, line)
  const { currentValue, proposedValue } = field ?? {}
  const to = fix?.kind === 'rename' ? fix.to : proposedValue
  const isKey = fix?.kind === 'rename' || unquoted(key) === currentValue
  if (isKey && typeof to === 'string') return sure(lines, { line, count: 1, text: `${before}${to}${equals}${rest}` })
  const value = valueIn(rest)
  const text = value && newValue(value.value, { fix, currentValue, proposedValue })
  if (!value || text === undefined) return undefined
  const setting = isSetting(text) ? text : `${key}${equals}${text}`
  return sure(lines, { line, count: 1, text: `${before}${setting}${rest.slice(value.length)}` })
}

interface Wanted {
  readonly fix: Result[typeof FIX]
  readonly currentValue: unknown
  readonly proposedValue: unknown
}

/** As TOML has it. */
function newValue(value: unknown, { fix, currentValue, proposedValue }: Wanted): string | undefined {
  if (fix?.kind === 'set') return fix.value
  if (typeof proposedValue !== 'string' || typeof value === 'object') return undefined
  if (String(value) !== String(currentValue)) return undefined
  if (isSetting(proposedValue)) return proposedValue
  const isLiteral = typeof value !== 'string' && valueIn(proposedValue) !== undefined
  return isLiteral ? proposedValue : JSON.stringify(proposedValue)
}

/** Whether a text is not a value only, but a key with one, which takes the place of both. */
function isSetting(text: string): boolean {
  return STATEMENT.test(text) && 'value' in readToml(text)
}

/** The value that stands before a comment, or before the end of the line. */
function valueIn(rest: string): { readonly value: unknown; readonly length: number } | undefined {
  const ends = [...[...rest.matchAll(/#/g)].slice(0, HASHES_MAX).map(({ index }) => index), rest.length]
  for (const end of ends) {
    const source = rest.slice(0, end).trimEnd()
    const read = readToml(`value = ${source}`)
    if ('value' in read) return { value: read.value.value, length: source.length }
  }
  return undefined
}

/** As many lines as the value has, so that one setting less is left. */
function removal(lines: readonly string[], line: number): TomlChange | undefined {
  for (let count = 1; count <= LINES_MAX && line - 1 + count <= lines.length; count++) {
    const after = readToml([...lines.slice(0, line - 1), ...lines.slice(line - 1 + count)].join('\n'))
    if ('error' in after) continue
    return settingsIn(after.value) === settingsBefore(lines) - 1 ? { line, count } : undefined
  }
  return undefined
}

/** A change after which the text is TOML with as many settings. */
function sure(lines: readonly string[], change: TomlChange): TomlChange | undefined {
  const { line, text = '' } = change
  const after = readToml(lines.with(line - 1, text).join('\n'))
  return 'value' in after && settingsIn(after.value) === settingsBefore(lines) ? change : undefined
}

function settingsBefore(lines: readonly string[]): number {
  const before = readToml(lines.join('\n'))
  return 'value' in before ? settingsIn(before.value) : 0
}

/** How many values there are that are no tables. */
function settingsIn(value: unknown): number {
  if (Array.isArray(value) && value.some(isTable)) return value.reduce((sum, one) => sum + settingsIn(one), 0)
  return isTable(value) ? Object.values(value).reduce<number>((sum, one) => sum + settingsIn(one), 0) : 1
}

function isTable(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
}

function unquoted(key: string): string {
  return key.replace(/^(["'])(.*)\1$/, '$2')
}
