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
export function integerOf(plain: string): bigint | undefined {
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
