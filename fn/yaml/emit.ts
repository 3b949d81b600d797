import { resolveScalar } from './resolve-scalar.ts'
import { withoutBreaksAfter } from './without-breaks-after.ts'

const PLAIN = /^(?:[A-Za-z0-9_/$(]|--?(?=[A-Za-z]))(?:[\w/.+@=$()%;^-]|[:,](?=[^\s:,])| (?=[^\s#]))*$/
/** What YAML 1.1 readers take for a date, a time or a base-60 number, though `resolveScalar` says string. */
const DATE_OR_TIME = /^[-+]?[0-9][0-9_]*[-:]/
/** Literals may hold these only: no tabs, no other controls, nothing that another reader takes for a line break. */
const LITERAL = /^[^\s#][\x20-\x7e\n\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]*$/
// These are what JSON leaves as they are and YAML forbids or breaks lines at
const ESCAPED = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g

/**
 * Block YAML for a JSON value, each line indented by `column` spaces and ended by a newline, keys in the order of the object,
 * undefined properties left out. Invariant: YAML 1.1 and 1.2 readers read the same value.
 */
export function emit(value: object, column: number): string {
  return Array.isArray(value) ? emitSequence(value, column) : emitMapping(value, column)
}

function emitMapping(map: object, column: number): string {
  const pad = ' '.repeat(column)
  let text = ''
  for (const [key, value] of Object.entries(map)) {
    if (value === undefined) continue
    text += `${pad}${emitString(key)}:${emitValue(value, column, Array.isArray(value) ? column : column + 2)}`
  }
  return text
}

function emitSequence(items: readonly unknown[], column: number): string {
  const pad = ' '.repeat(column)
  let text = ''
  for (const item of items) {
    const isBlock = typeof item === 'object' && item !== null && Object.keys(item).length > 0
    text += isBlock ? `${pad}- ${emit(item, column + 2).trimStart()}` : `${pad}-${emitValue(item, column, column + 2)}`
  }
  return text
}

/** What follows a key's colon or a dash, up to and with the newline. */
function emitValue(value: unknown, column: number, childColumn: number): string {
  if (typeof value === 'object' && value !== null) {
    if (Object.keys(value).length === 0) return Array.isArray(value) ? ' []\n' : ' {}\n'
    return `\n${emit(value, childColumn)}`
  }
  if (typeof value !== 'string') return ` ${String(value)}\n`
  return isLiteral(value) ? emitLiteral(value, column + 2) : ` ${emitString(value)}\n`
}

function isLiteral(text: string): boolean {
  return text.includes('\n') && LITERAL.test(text) && !/ (\n|$)/.test(text)
}

function emitLiteral(text: string, column: number): string {
  const pad = ' '.repeat(column)
  const body = withoutBreaksAfter(text)
  const newlines = text.length - body.length
  const chomping = ['-', ''][newlines] ?? '+'
  return ` |${chomping}\n${body.replace(/^(?=.)/gm, pad)}\n${'\n'.repeat(Math.max(0, newlines - 1))}`
}

/** A string on one line, quoted wherever a reader could take it for something else. */
export function emitString(text: string): string {
  if (PLAIN.test(text) && !DATE_OR_TIME.test(text) && typeof resolveScalar(text) === 'string') return text
  return JSON.stringify(text).replace(ESCAPED, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
