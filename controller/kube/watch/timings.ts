/** The pace of a reflector. */
export interface ReflectorTimings {
  /** How long one page of a list may take to begin, and how long it may pause. */
  readonly pageMilliseconds: number
  readonly firstBackOffMilliseconds: number
  readonly longestBackOffMilliseconds: number
  /** A watch is asked to end after between one and two of these, so that none hangs unnoticed. */
  readonly lifetimeMilliseconds: number
  /** How much longer it may live before it is cut. */
  readonly overtimeMilliseconds: number
  /** How long a watch may be silent; bookmarks come about every minute. */
  readonly idleMilliseconds: number
  /** A watch that the API server ends earlier, without an event, is no watch. */
  readonly shortMilliseconds: number
  /** A watch that lived as long was a good one: the next pause is the first one again. */
  readonly steadyMilliseconds: number
  /** After a watch that lived as long, another list may follow at once. */
  readonly calmMilliseconds: number
  /** A reflector that had no watch for longer, or whose process stood still, may have missed that the API server was away. */
  readonly gapMilliseconds: number
  /** Between two comparisons of the cache with a list, give or take a fifth. */
  readonly selfCheckMilliseconds: number
}

/** After client-go's `tools/cache/reflector.go`, where it has the same. */
export const TIMINGS: ReflectorTimings = {
  pageMilliseconds: 30_000,
  firstBackOffMilliseconds: 800,
  longestBackOffMilliseconds: 30_000,
  lifetimeMilliseconds: 300_000,
  overtimeMilliseconds: 30_000,
  idleMilliseconds: 150_000,
  shortMilliseconds: 1_000,
  steadyMilliseconds: 2_000,
  calmMilliseconds: 60_000,
  gapMilliseconds: 5_000,
  selfCheckMilliseconds: 1_800_000,
}
