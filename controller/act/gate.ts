import type { Garbage } from '../judge/garbage.ts'
import type { Counts } from '../store.ts'
import { afterSweep, type Breaker, CLOSED } from './breaker.ts'

export type GcMode = 'enabled' | 'dry-run' | 'disabled'

/** Why a Pod stays although nobody needs it. */
export type HeldBack = Exclude<GcMode, 'enabled'> | 'stale-cache' | 'breaker-open'

/** The last word before a deletion. */
export interface Gate {
  /** Why the Pod stays; undefined where it may go. */
  readonly holdBack: (garbage: Garbage) => HeldBack | undefined
  /** Looks for too many orphans; to be called at an even pace, for that is how the breaker closes again. */
  readonly sweep: () => void
}

interface GateOptions {
  readonly gc: GcMode
  /** Whether all watches are up to date. */
  readonly isFresh: () => boolean
  readonly counts: () => Counts
  readonly onBreaker: (isOpen: boolean) => void
}

export function createGate({ gc, isFresh, counts, onBreaker }: GateOptions): Gate {
  let breaker = CLOSED
  const set = (next: Breaker) => {
    const hasChanged = next.isOpen !== breaker.isOpen
    breaker = next
    if (hasChanged) onBreaker(breaker.isOpen)
  }
  const isOpen = () => {
    const next = afterSweep(breaker, counts())
    // Opened by whoever looks first, closed by sweeps alone.
    if (next.isOpen && !breaker.isOpen) set(next)
    return breaker.isOpen
  }
  return {
    sweep: () => set(afterSweep(breaker, counts())),
    holdBack: ({ reason }) => {
      if (gc !== 'enabled') return gc
      if (!isFresh()) return 'stale-cache'
      return reason === 'orphaned' && isOpen() ? 'breaker-open' : undefined
    },
  }
}
