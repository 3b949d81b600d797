/**
 * Whether a resourceVersion is not older than another one of the same collection: they compare as whole numbers of any length
 * (KEP-5504). False where one of them is no number.
 */
export function isAtLeast(resourceVersion: string, other: string): boolean {
  return areNumbers(resourceVersion, other) && BigInt(resourceVersion) >= BigInt(other)
}

/** Whether a resourceVersion is older than another one. False where one of them is no number. */
export function isOlder(resourceVersion: string, other: string): boolean {
  return areNumbers(resourceVersion, other) && BigInt(resourceVersion) < BigInt(other)
}

function areNumbers(...resourceVersions: readonly string[]): boolean {
  return resourceVersions.every((resourceVersion) => /^\d+$/.test(resourceVersion))
}
