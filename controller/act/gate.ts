import type { Garbage } from '../judge/garbage.ts'
import { afterLook, afterSweep, type Breaker, EVERYWHERE, isOpenIn } from './breaker.ts'
import { type Counts, NOTHING, sumOf } from './counts.ts'

export type GcMode = 'enabled' | 'dry-run' | 'disabled'

/** Why a Pod that is no longer needed stays. */
export type HeldBack = Exclude<GcMode, 'enabled'> | 'stale-cache' | 'breaker-open'

/** The last check before a deletion. */
export interface Gate {
  /** Why the Pod stays; undefined if it may be deleted. */
  readonly holdBack: (garbage: Garbage) => HeldBack | undefined
  /** Checks for too many orphans. Call it at a constant interval: the breaker closes after several clean sweeps. */
  readonly sweep: () => void
}

/** The breaker has opened or closed; `namespace` is empty for the whole cluster. */
export interface BreakerChange {
  readonly namespace: string
  readonly isOpen: boolean
  readonly counts: Counts
}

interface GateOptions {
  readonly gc: GcMode
  /** Whether all watches on a namespace are up to date. */
  readonly isFresh: (namespace: string) => boolean
  /** By namespace. */
  readonly counts: () => ReadonlyMap<string, Counts>
  readonly onBreaker: (change: BreakerChange) => void
}

/** Counting for each of many orphans would take long; each stays for two live requests after its Buildkit anyway. */
const LOOK_MILLISECONDS = 1000

export function createGate({ gc, isFresh, counts, onBreaker }: GateOptions): Gate {
  let breaker: Breaker = new Map()
  let lookedAt = Number.NEGATIVE_INFINITY

  function look(after: typeof afterLook): void {
    lookedAt = performance.now()
    // With an incomplete list every Pod may look like an orphan; nothing is deleted there anyway.
    const seen = new Map([...counts()].filter(([namespace]) => isFresh(namespace)))
    const before = breaker
    breaker = after(before, seen)
    for (const namespace of new Set([...before.keys(), ...breaker.keys()])) {
      const isOpen = breaker.has(namespace)
      if (isOpen !== before.has(namespace)) onBreaker({ namespace, isOpen, counts: countsIn(seen, namespace) })
    }
  }

  return {
    sweep: () => look(afterSweep),
    holdBack: ({ reason, pod }) => {
      if (gc !== 'enabled') return gc
      if (!isFresh(pod.namespace)) return 'stale-cache'
      if (reason !== 'orphaned') return undefined
      if (performance.now() - lookedAt >= LOOK_MILLISECONDS) look(afterLook)
      return isOpenIn(breaker, pod.namespace) ? 'breaker-open' : undefined
    },
  }
}

function countsIn(seen: ReadonlyMap<string, Counts>, namespace: string): Counts {
  return namespace === EVERYWHERE ? sumOf(seen.values()) : (seen.get(namespace) ?? NOTHING)
}
