const CONSTANTS: ReadonlyMap<string, null | boolean> = new Map([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
])
const INTEGER = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/
const PREFIXES = ['0x', '0b', '0o', '']
/** More digits than 64 bits have in any base. */
const DIGITS_MAX = 64
const INT64_LIMIT = 2n ** 63n
const UINT64_LIMIT = 2n ** 64n
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/
/** In what starts with a point, an underscore has a digit on both sides; in other numbers it means nothing anywhere. */
const MISPLACED = /^\.(?:.*[^0-9])?_|^\..*_(?:[^0-9]|$)/
const SPECIAL_FLOAT = /^[-+]?\.(?:inf|Inf|INF)$|^\.(?:nan|NaN|NAN)$/

/**
 * The value of a plain (unquoted, untagged) scalar as the API server's clients read it: `sigs.k8s.io/yaml`, a YAML 1.1 reader
 * whose base-60 numbers and timestamps stay strings (`resolve.go` of its `go.yaml.in/yaml/v2`).
 */
export function resolveScalar(plain: string): string | number | boolean | null {
  const first = plain.charCodeAt(0)
  if (isNumberStart(first)) return resolveNumber(plain)
  if (plain.length > 5) return plain
  const constant = CONSTANTS.get(plain)
  return constant === undefined ? plain : constant
}

function isNumberStart(charCode: number): boolean {
  return (charCode >= 48 && charCode <= 57) || charCode === 43 || charCode === 45 || charCode === 46
}

function resolveNumber(plain: string): string | number {
  const integer = integerOf(plain)
  if (integer !== undefined) return Number(integer)
  const digits = plain.replaceAll('_', '')
  if (FLOAT.test(digits) && !MISPLACED.test(plain)) {
    const value = Number(digits)
    return Number.isFinite(value) ? value : plain
  }
  return SPECIAL_FLOAT.test(plain) ? specialFloat(plain) : plain
}

/** The whole number that a plain scalar is, which fits into an int64 or, without a sign, into a uint64; undefined for any other. */
function integerOf(plain: string): bigint | undefined {
  // The sign of a binary number may stand behind its prefix.
  const match = INTEGER.exec(plain.replaceAll('_', '').replace(/^0b([-+])/, '$10b'))
  if (!match) return undefined
  const [, sign, ...byBase] = match
  const base = byBase.findIndex((group) => group !== undefined)
  const digits = (byBase[base] as string).replace(/^0+(?=.)/, '')
  if (digits.length > DIGITS_MAX) return undefined
  const magnitude = BigInt(`${PREFIXES[base]}${digits}`)
  if (sign === '-') return magnitude <= INT64_LIMIT ? -magnitude : undefined
  return magnitude < (sign === '+' ? INT64_LIMIT : UINT64_LIMIT) ? magnitude : undefined
}

function specialFloat(plain: string): number {
  if (/nan/i.test(plain)) return Number.NaN
  return plain.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
}

const COMMENT = /^(?: +#.*)?$/
const PLAIN_START = /^(?:[A-Za-z0-9_/.+~$(]|-(?=[A-Za-z0-9.-]))/
const NOT_PLAIN = /[^\x20-\x7e]|:(?: |$)/

/** The value of a scalar or an empty collection that is all there is on its line but a comment; undefined where `readBlock` leaves it. */
export function lineScalar(source: string): unknown {
  const first = source.charCodeAt(0)
  if (first === 39) return singleQuoted(source)
  if (first === 34) return doubleQuoted(source)
  if (source === '{}') return {}
  if (source === '[]') return []
  return plainScalar(source)
}

function singleQuoted(source: string): string | undefined {
  let end = source.indexOf("'", 1)
  while (end > 0 && source.charCodeAt(end + 1) === 39) end = source.indexOf("'", end + 2)
  if (end < 0 || !COMMENT.test(source.slice(end + 1))) return undefined
  return source.slice(1, end).replaceAll("''", "'")
}

/** Of the escapes only those that JSON has as well: others are rare. */
function doubleQuoted(source: string): string | undefined {
  let end = 1
  while (end < source.length && source.charCodeAt(end) !== 34) end += source.charCodeAt(end) === 92 ? 2 : 1
  if (!COMMENT.test(source.slice(end + 1))) return undefined
  try {
    const text: string = JSON.parse(source.slice(0, end + 1))
    return text.isWellFormed() ? text : undefined
  } catch {
    return undefined
  }
}

function plainScalar(source: string): unknown {
  const comment = source.indexOf(' #')
  const text = comment < 0 ? source : withoutSpacesAfter(source.slice(0, comment))
  if (!PLAIN_START.test(text) || NOT_PLAIN.test(text)) return undefined
  const value = resolveScalar(text)
  return typeof value === 'number' && !Number.isFinite(value) ? undefined : value
}

/** The least and the first too large power of ten that `strconv.FormatFloat` writes without an exponent. */
const POWER_MIN = -4
const POWER_LIMIT = 6

/**
 * The key that a plain scalar is to `sigs.k8s.io/yaml`, whose objects have strings as keys: `on` is "true", `0x1F` is "31". Undefined
 * where it refuses the key: null, and whole numbers beyond an int64.
 */
export function keyOf(plain: string): string | undefined {
  const value = resolveScalar(plain)
  if (value === null) return undefined
  if (typeof value !== 'number') return String(value)
  const integer = integerOf(plain)
  if (integer === undefined) return floatKey(value)
  return BigInt.asIntN(64, integer) === integer ? String(integer) : undefined
}

/** As `strconv.FormatFloat(value, 'g', -1, 32)`: the fewest digits that are this number to a float32. */
function floatKey(value: number): string {
  const single = Math.fround(value)
  if (Number.isNaN(single)) return '.nan'
  if (!Number.isFinite(single)) return single < 0 ? '-.inf' : '.inf'
  if (single === 0) return Object.is(single, -0) ? '-0' : '0'
  const precision = [1, 2, 3, 4, 5, 6, 7, 8].find((most) => Math.fround(Number(single.toPrecision(most))) === single)
  const [digits, exponent] = single.toExponential((precision ?? 9) - 1).split('e') as [string, string]
  const power = Number(exponent)
  if (power >= POWER_MIN && power < POWER_LIMIT) return String(Number(`${digits}e${power}`))
  return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
}

/** A text without the line breaks at its end; a pattern would try to match at each of all its breaks. */
export function withoutBreaksAfter(text: string): string {
  let end = text.length
  while (text.charCodeAt(end - 1) === 10) end--
  return text.slice(0, end)
}

/** A text without the spaces at its end; JavaScript's own `trimEnd` takes U+00A0 for a space, YAML does not. */
export function withoutSpacesAfter(text: string): string {
  let end = text.length
  while (text.charCodeAt(end - 1) === 32) end--
  return text.slice(0, end)
}

/** The escape of a character (a UTF-16 code unit) that JSON, YAML and JavaScript have in common. */
export function unicodeEscape(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
}
