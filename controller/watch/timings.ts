/** The pace of a reflector, in milliseconds. */
export interface ReflectorTimings {
  readonly firstBackOff: number
  readonly longestBackOff: number
  /** A watch is asked to end after between one and two of these, so that none hangs unnoticed. */
  readonly watchLifetime: number
  /** How much longer it may live before it is cut. */
  readonly watchOvertime: number
  /** How long a watch may be silent; bookmarks come about every minute. */
  readonly idle: number
  /** A watch that lived as long was a good one; a shorter one without an event was not. */
  readonly healthy: number
  /** Between two comparisons of the cache with a list. */
  readonly selfCheck: number
  /** How long the watch has then to say what the list already says. */
  readonly settle: number
}

export const TIMINGS: ReflectorTimings = {
  firstBackOff: 800,
  longestBackOff: 30_000,
  watchLifetime: 300_000,
  watchOvertime: 30_000,
  idle: 150_000,
  healthy: 1_000,
  selfCheck: 1_800_000,
  settle: 5_000,
}
