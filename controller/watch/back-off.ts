/** Growing pauses between tries. */
export interface BackOff {
  /** The next pause, in milliseconds. */
  readonly next: () => number
  readonly reset: () => void
  /** Whether no pause was taken since the last reset. */
  readonly isFresh: () => boolean
}

export interface BackOffLimits {
  readonly firstMilliseconds: number
  readonly longestMilliseconds: number
}

/** Doubles from the first to the longest pause; each is somewhere in the upper half, so that many clients do not come back at once. */
export function createBackOff({ firstMilliseconds, longestMilliseconds }: BackOffLimits): BackOff {
  let count = 0
  return {
    next: () => {
      const longest = Math.min(firstMilliseconds * 2 ** count, longestMilliseconds)
      count += 1
      return longest * (0.5 + Math.random() / 2)
    },
    reset: () => {
      count = 0
    },
    isFresh: () => count === 0,
  }
}
