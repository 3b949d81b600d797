/** A Kubernetes quantity: `amount` in nano units, and the family of suffixes that it was written in. */
export interface Quantity {
  readonly amount: bigint
  readonly isBinary: boolean
  readonly isExponent: boolean
}

const SYNTAX = /^([+-]?)(?:(\d+)(?:\.(\d*))?|\.(\d+))(?:(n|u|m|k|Ki|Mi|Gi|Ti|Pi|Ei|M|G|T|P|E)|[eE]([+-]?\d+))?$/
const DECIMAL: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 }
const BINARY: readonly string[] = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']
const NANO_DIGITS = 9

/** The quantity that a string or whole number writes (`k8s.io/apimachinery/pkg/api/resource`), or undefined; smaller than a nano rounds up. */
export function parseQuantity(source: string | number): Quantity | undefined {
  const match = SYNTAX.exec(String(source))
  if (!match) return undefined
  const [, sign, whole = '', fraction = match[4] ?? '', , suffix = '', exponent] = match
  const isBinary = suffix.endsWith('i')
  const power = exponent === undefined ? (DECIMAL[suffix] ?? 0) : Number(exponent)
  const digits = BigInt(whole + fraction) * (isBinary ? 1024n ** BigInt(BINARY.indexOf(suffix)) : 1n)
  const amount = scaled(digits, NANO_DIGITS + power - fraction.length)
  return { amount: sign === '-' ? -amount : amount, isBinary, isExponent: exponent !== undefined }
}

function scaled(digits: bigint, power: number): bigint {
  if (power >= 0) return digits * 10n ** BigInt(power)
  const divisor = 10n ** BigInt(-power)
  return (digits + divisor - 1n) / divisor
}

/**
 * The form in which the API server stores a quantity: the largest suffix of its family that leaves a whole number, so that
 * `1000m` and `1` are one value and a rendered Pod reads back as it was written.
 */
export function canonicalQuantity({ amount, isBinary, isExponent }: Quantity): string {
  const one = 10n ** BigInt(NANO_DIGITS)
  // What is left without a suffix is read back as a decimal number.
  const hasBinarySuffix = isBinary && amount % (1024n * one) === 0n && amount !== 0n
  return hasBinarySuffix ? binary(amount / one) : decimal(amount, isExponent)
}

function binary(value: bigint): string {
  let power = 0
  let rest = value
  while (power < BINARY.length - 1 && rest % 1024n === 0n) {
    rest /= 1024n
    power++
  }
  return `${rest}${BINARY[power]}`
}

function decimal(amount: bigint, isExponent: boolean): string {
  if (amount === 0n) return '0'
  let power = -NANO_DIGITS
  let rest = amount
  while (power < 18 && rest % 1000n === 0n) {
    rest /= 1000n
    power += 3
  }
  if (isExponent) return power === 0 ? `${rest}` : `${rest}e${power}`
  return `${rest}${Object.keys(DECIMAL).find((suffix) => DECIMAL[suffix] === power) ?? ''}`
}
