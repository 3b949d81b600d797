import { integerOf, resolveScalar } from './resolve-scalar.ts'

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
