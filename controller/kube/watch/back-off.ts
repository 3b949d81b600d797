import type { ReflectorTimings } from './timings.ts'

/** Growing pauses between tries. */
export interface BackOff {
  /** The next pause, in milliseconds. */
  readonly next: () => number
  readonly reset: () => void
  /** Whether no pause was taken since the last reset. */
  readonly isFresh: () => boolean
}

type Limits = Pick<ReflectorTimings, 'firstBackOffMilliseconds' | 'longestBackOffMilliseconds'>

/** Doubles from the first to the longest pause; each is somewhere in the upper half, so that many clients do not come back at once. */
export function createBackOff(limits: Limits, random: () => number = Math.random): BackOff {
  let count = 0
  return {
    next: () => {
      const longest = Math.min(limits.firstBackOffMilliseconds * 2 ** count, limits.longestBackOffMilliseconds)
      count += 1
      return longest * (0.5 + random() / 2)
    },
    reset: () => {
      count = 0
    },
    isFresh: () => count === 0,
  }
}
