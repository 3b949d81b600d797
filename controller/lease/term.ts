import { setTimeout } from 'node:timers/promises'

/** The time in which one process leads without a break. */
export interface Term {
  /** The Lease was renewed by a request that was sent at that moment, by `performance.now()`. */
  readonly renewed: (sentAt: number) => void
  /** Invariant: whoever may write has renewed its lease less than the renew deadline ago, by every clock it has */
  readonly mayWrite: () => boolean
  /** Tells `lead` to end, and waits; whether it did. What it has under way may still write, unless the Lease is lost. */
  readonly end: (isLost: boolean) => Promise<boolean>
}

interface TermOptions {
  readonly lead: (epoch: AbortSignal) => Promise<void>
  readonly renewMilliseconds: number
  readonly sentAt: number
}

const END_MILLISECONDS = 10_000
/** The clock of the wall goes on while a suspended machine sleeps, the monotonic one does not. */
const CLOCK_DIFFERENCE_MAX_MILLISECONDS = 5_000

export function startTerm({ lead, renewMilliseconds, sentAt }: TermOptions): Term {
  const epoch = new AbortController()
  let leaderUntil = sentAt + renewMilliseconds
  let clockDifference = Date.now() - performance.now()
  const ended = lead(epoch.signal)
  return {
    renewed: (at) => {
      leaderUntil = at + renewMilliseconds
      clockDifference = Date.now() - performance.now()
    },
    mayWrite: () => {
      const drift = Math.abs(Date.now() - performance.now() - clockDifference)
      return performance.now() < leaderUntil && drift < CLOCK_DIFFERENCE_MAX_MILLISECONDS
    },
    end: async (isLost) => {
      if (isLost) leaderUntil = Number.NEGATIVE_INFINITY
      epoch.abort()
      const timeout = new AbortController()
      const waited = setTimeout(END_MILLISECONDS, false, { signal: timeout.signal, ref: false }).catch(() => false)
      const hasEnded = await Promise.race([ended.then(() => true), waited])
      timeout.abort()
      return hasEnded
    },
  }
}
