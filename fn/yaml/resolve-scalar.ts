const CONSTANTS: ReadonlyMap<string, null | boolean> = new Map([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
])
const INTEGER = /^([-+]?)(?:0x([0-9a-fA-F]+)|0b([01]+)|0o?([0-7]+)|(0|[1-9][0-9]*))$/
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/
const SPECIAL_FLOAT = /^[-+]?\.(?:inf|Inf|INF)$|^\.(?:nan|NaN|NAN)$/
const RADIX = [16, 2, 8, 10]

/**
 * The value of a plain (unquoted, untagged) scalar as the API server's clients read it: `sigs.k8s.io/yaml`, a YAML 1.1 reader
 * whose base-60 numbers and timestamps stay strings (its `goyaml.v2/resolve.go`).
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
  const digits = plain.replaceAll('_', '')
  const integer = INTEGER.exec(digits)
  if (integer) {
    const sign = integer[1] === '-' ? -1 : 1
    const group = [2, 3, 4, 5].findIndex((at) => integer[at] !== undefined)
    // Adding 0 makes of -0 the 0 that JSON has.
    return sign * Number.parseInt(integer[group + 2] as string, RADIX[group]) + 0
  }
  if (FLOAT.test(digits)) return Number(digits)
  return SPECIAL_FLOAT.test(plain) ? specialFloat(plain) : plain
}

function specialFloat(plain: string): number {
  if (/nan/i.test(plain)) return Number.NaN
  return plain.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
}
