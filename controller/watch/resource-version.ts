/**
 * Whether a resourceVersion is not older than another one of the same collection: they compare as whole numbers of any length
 * (KEP-5504). False where one of them is no number.
 */
export function isAtLeast(resourceVersion: string, other: string): boolean {
  return isNumber(resourceVersion) && isNumber(other) && BigInt(resourceVersion) >= BigInt(other)
}

function isNumber(resourceVersion: string): boolean {
  return /^\d+$/.test(resourceVersion)
}
