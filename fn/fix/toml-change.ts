import { FIX, type Result } from '../results.ts'
import { mistakesIn } from '../toml/mistakes-in.ts'
import { readToml, type TomlDocument } from '../toml/read-toml.ts'

/** `count` lines of a TOML text, from `line` on, become one line, or none. */
export interface TomlChange {
  readonly line: number
  readonly count: number
  readonly text?: string
}

const KEY = /^(?:[\w-]+|"[^"\\]*"|'[^']*')/
const SETTING = new RegExp(`${KEY.source}\\s*=\\s*`)
/** On one line, and neither a list nor a table. */
const VALUE = /^(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s,\]}#"'[{]+)/
/** Longer than anybody writes; each change is tried on all of it. */
const LENGTH_MAX = 2 ** 14
/** So many lines may a value have that is removed. */
const LINES_MAX = 100

/** The change that corrects the key or the value that a result is about; undefined where it is not sure. */
export function tomlChange(toml: string, result: Result): TomlChange | undefined {
  if (toml.length > LENGTH_MAX) return undefined
  const { tags, [FIX]: fix } = result
  const line = Number(tags?.tomlLine)
  const at = Number(tags?.tomlColumn) - 1
  const lines = toml.split('\n')
  const before = readToml(toml)
  const written = lines[line - 1]
  if (written === undefined || 'error' in before) return undefined
  if (fix?.kind === 'remove') return removal(lines, line, before)
  const rest = corrected(written.slice(at), result)
  if (rest === undefined) return undefined
  const text = `${written.slice(0, at)}${rest}`
  return isSure(before, readToml(lines.with(line - 1, text).join('\n'))) ? { line, count: 1, text } : undefined
}

/** A text that begins with the key, or the element of a list, that a result is about. */
function corrected(text: string, { field, [FIX]: fix }: Result): string | undefined {
  if (fix?.kind === 'rename') return KEY.test(text) ? text.replace(KEY, () => fix.to) : undefined
  const setting = SETTING.exec(text)?.[0] ?? ''
  const [value = ''] = VALUE.exec(text.slice(setting.length)) ?? []
  const read = readToml(`value = ${value}`)
  const wanted = 'value' in read ? newValue(read.value.value, { ...field, fix }) : undefined
  if (wanted === undefined) return undefined
  const rest = text.slice(setting.length + value.length)
  return isSetting(wanted) ? `${wanted}${rest}` : `${setting}${wanted}${rest}`
}

interface Wanted {
  readonly fix: Result[typeof FIX]
  readonly currentValue?: unknown
  readonly proposedValue?: unknown
}

/** As TOML has it, or a key with it. */
function newValue(value: unknown, { fix, currentValue, proposedValue }: Wanted): string | undefined {
  if (fix?.kind === 'set') return fix.value
  if (typeof proposedValue !== 'string' || String(value) !== String(currentValue)) return undefined
  const isLiteral = typeof value !== 'string' && 'value' in readToml(`value = ${proposedValue}`)
  return isLiteral || isSetting(proposedValue) ? proposedValue : JSON.stringify(proposedValue)
}

/** Whether a text is not a value only, but a key with one, which takes the place of both. */
function isSetting(text: string): boolean {
  return /^[\w.-]+ = /.test(text) && 'value' in readToml(text)
}

/** As many lines as the value has, so that one setting less is left. */
function removal(lines: readonly string[], line: number, before: TomlDocument): TomlChange | undefined {
  for (let count = 1; count <= LINES_MAX && line - 1 + count <= lines.length; count++) {
    const after = readToml([...lines.slice(0, line - 1), ...lines.slice(line - 1 + count)].join('\n'))
    if ('error' in after) continue
    return settingsIn(after.value) === settingsIn(before.value) - 1 ? { line, count } : undefined
  }
  return undefined
}

/** Whether as many settings are left, and no more of them that BuildKit refuses or confuses. */
function isSure(before: TomlDocument, after: ReturnType<typeof readToml>): boolean {
  if ('error' in after || settingsIn(after.value) !== settingsIn(before.value)) return false
  return refusedIn(after) <= refusedIn(before)
}

/** How many mistakes there are that are worse than a key that BuildKit ignores. */
function refusedIn(toml: TomlDocument): number {
  return mistakesIn(toml).filter(({ kind }) => kind !== 'unknown').length
}

/** How many values there are that are no tables. */
function settingsIn(value: unknown): number {
  if (Array.isArray(value) && value.some(isTable)) return value.reduce((sum, one) => sum + settingsIn(one), 0)
  return isTable(value) ? Object.values(value).reduce<number>((sum, one) => sum + settingsIn(one), 0) : 1
}

function isTable(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
}
