const SECONDS_MAX = 60

/** The seconds of a Retry-After header (RFC 9110, 10.2.3), at most 60; undefined where it says none. */
export function retryAfterSeconds(header: string | undefined): number | undefined {
  if (header === undefined) return undefined
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(seconds, 0), SECONDS_MAX)
}
