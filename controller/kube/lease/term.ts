import { driftBetween, type Now, readNow } from '../now.ts'

/** The time in which one process leads without a break. */
export interface Term {
  /** The Lease was renewed by a request that was sent at that moment. */
  readonly renewed: (sent: Now) => void
  /** Invariant: whoever may write has renewed its lease less than the renew deadline ago, by every clock it has */
  readonly mayWrite: () => boolean
  /** Tells `lead` to end, and waits; whether it did. What it has under way may still write, unless the Lease is lost. */
  readonly end: (isLost: boolean) => Promise<boolean>
}

interface TermOptions {
  readonly lead: (epoch: AbortSignal) => Promise<void>
  /** Told, before `lead` is, that the Lease is lost. */
  readonly onLost: () => void
  readonly renewMilliseconds: number
  /** How far the clocks may come apart between two renewals. */
  readonly driftMilliseconds: number
  readonly sent: Now
}

const END_MILLISECONDS = 10_000

/** Calls `lead`, and tells it to end as soon as the renew deadline has passed. */
export function startTerm(options: TermOptions): Term {
  const { lead, onLost, renewMilliseconds, driftMilliseconds, sent } = options
  const epoch = new AbortController()
  let renewal = sent
  let isLost = false
  const lose = () => {
    isLost = true
    onLost()
    epoch.abort()
  }
  const untilLost = () => setTimeout(lose, Math.max(0, renewal.steady + renewMilliseconds - readNow().steady))
  let timer = untilLost()
  const ended = lead(epoch.signal)
  return {
    renewed: (at) => {
      renewal = at
      clearTimeout(timer)
      timer = untilLost()
    },
    // Asked, not told: a process that was stopped wakes up in the middle of its work, before any timer has fired.
    mayWrite: () => {
      const now = readNow()
      const isRenewed = now.steady < renewal.steady + renewMilliseconds
      return !isLost && isRenewed && driftBetween(renewal, now) < driftMilliseconds
    },
    end: async (wasLost) => {
      if (wasLost) lose()
      epoch.abort()
      const hasEnded = await hasSettled(ended)
      clearTimeout(timer)
      return hasEnded
    },
  }
}

/** Whether it does so in time. */
function hasSettled(ended: Promise<void>): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, END_MILLISECONDS, false)
    void ended.then(() => resolve(true), reject).finally(() => clearTimeout(timer))
  })
}
