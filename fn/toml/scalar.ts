import type { Scalar } from '../upstream/buildkit/shape.ts'

const INT64 = { least: -(2n ** 63n), most: 2n ** 63n - 1n }

/** Whether a value is of a type that has no parser of its own, or else what it must be. */
export function isScalar(value: unknown, scalar: Exclude<Scalar, 'duration' | 'size'>): true | string {
  switch (scalar) {
    case 'anything':
      return holdsInts(value) || 'of whole numbers of 64 bits'
    case 'string':
      return typeof value === 'string' || 'a string'
    case 'boolean':
      return typeof value === 'boolean' || 'true or false'
    case 'integer':
      return isWhole(value, INT64.least) || 'a whole number'
    case 'unsigned':
      return isWhole(value, 0n) || 'a whole number of at least 0'
  }
}

function isWhole(value: unknown, least: bigint): boolean {
  return typeof value === 'bigint' && value >= least && value <= INT64.most
}

/** Whether all whole numbers in a value of any type fit; without recursion, since headers may nest tables without end. */
function holdsInts(value: unknown): boolean {
  const left = [value]
  while (left.length > 0) {
    const one = left.pop()
    if (typeof one === 'bigint' && !isWhole(one, INT64.least)) return false
    if (typeof one === 'object' && one !== null) for (const inner of Object.values(one)) left.push(inner)
  }
  return true
}
