/** Whether a version is known and older than `minor`, such as "0.17" or "1.30". */
export function isBefore(
  version: { readonly major: number; readonly minor: number } | undefined,
  minor: string,
): boolean {
  const [major = 0, least = 0] = minor.split('.').map(Number)
  return version !== undefined && (version.major < major || (version.major === major && version.minor < least))
}
