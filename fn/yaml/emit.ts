import { unicodeEscape, withoutBreaksAfter } from './scalars.ts'

/** How a string may begin that is written without quotes: with no indicator, and with a dash only where it is an option's. */
const PLAIN_START = /^(?:[A-Za-z0-9_/$(]|--?(?=[A-Za-z]))/
/** What such a string has nowhere; a space, a colon and a comma must have something behind them that makes them text. */
const NOT_PLAIN = /[^\w/.+@=$()%;^:, -]|[:,](?:[\s:,]|$)| (?:#| |$)/
/** What may be a number to some reader, with a prefix, of base 10 or 60, or an exponent alone; and dates and times. */
const LIKE_A_NUMBER = /^0_*[xXbBoO][0-9A-Fa-f_+-]*$|^[0-9][0-9_.:eE+-]*$|^-?[eE][-+]?[0-9_]+$|^[0-9][0-9_]*[-:]/
/** What may be a boolean or null to some reader, in every spelling. */
const LIKE_A_WORD = /^(?:y|n|yes|no|on|off|true|false|null)$/i
/** So long may a string without quotes be, and a key of one line: readers look no further than 1024 characters for a key's colon. */
const LENGTH_MAX = 1000
/** What a literal must not hold: controls, half a surrogate pair, and whatever a reader takes for a line break or refuses. */
const NOT_LITERAL = /[^\x20-\x7e\n\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/
/** Where a literal's indentation or its last lines would be lost on a reader, or on a tool that trims texts. */
const FRAGILE = /^[\s#]| (?:\n|$)|\n\n$/
/**
 * Block YAML for a JSON value, each line indented by `column` spaces and ended by a newline, keys in the order of the object,
 * undefined properties left out. Invariant: every YAML reader reads the same value.
 */
export function emit(value: object, column: number): string {
  return Array.isArray(value) ? emitSequence(value, column) : emitMapping(value, column)
}

function emitMapping(map: object, column: number): string {
  const pad = ' '.repeat(column)
  let text = ''
  for (const [key, value] of Object.entries(map)) {
    if (value === undefined) continue
    const written = emitString(key)
    const start = written.length > LENGTH_MAX ? `? ${written}\n${pad}` : written
    text += `${pad}${start}:${emitValue(value, column, Array.isArray(value) ? column : column + 2)}`
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
  if (typeof value === 'number') return ` ${emitNumber(value)}\n`
  if (typeof value !== 'string') return ` ${String(value)}\n`
  return isLiteral(value) ? emitLiteral(value, column + 2) : ` ${emitString(value)}\n`
}

/** To YAML 1.1 an exponent makes a number only of what has a point. */
function emitNumber(value: number): string {
  if (!Number.isFinite(value)) throw new Error(`invariant: ${value} must be a number that JSON has`)
  return String(value).replace(/^(-?\d+)e/, '$1.0e')
}

function isLiteral(text: string): boolean {
  return text.includes('\n') && !FRAGILE.test(text) && !NOT_LITERAL.test(text)
}

function emitLiteral(text: string, column: number): string {
  const body = withoutBreaksAfter(text)
  const chomping = body === text ? '-' : ''
  return ` |${chomping}\n${body.replace(/^(?=.)/gm, ' '.repeat(column))}\n`
}

/** A string on one line, quoted wherever a reader could take it for something else. */
export function emitString(text: string): string {
  return isPlain(text) ? text : emitQuoted(text)
}

function isPlain(text: string): boolean {
  if (text.length > LENGTH_MAX || !PLAIN_START.test(text) || NOT_PLAIN.test(text)) return false
  return !LIKE_A_NUMBER.test(text) && !LIKE_A_WORD.test(text)
}

/** A string in double quotes, as JSON has it. Of half a surrogate pair, which UTF-8 does not have, U+FFFD is left: no manifest has one. */
export function emitQuoted(text: string): string {
  return jsonAsYaml(JSON.stringify(text.toWellFormed()))
}

/** What JSON has in strings as any other character, and YAML readers refuse or break lines at. */
const NOT_YAML = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g

/** JSON as YAML readers read it too, where its strings are written as JavaScript writes them. */
export function jsonAsYaml(json: string): string {
  return json.replace(NOT_YAML, unicodeEscape)
}
