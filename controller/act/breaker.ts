import type { Counts } from '../store.ts'

/** Keeps orphans when there are so many that a list is more likely wrong than they are. */
export interface Breaker {
  readonly isOpen: boolean
  /** How many sweeps in a row, the last one included, found nothing wrong. */
  readonly cleanSweeps: number
}

export const CLOSED: Breaker = { isOpen: false, cleanSweeps: 0 }

const ORPHANS_ALWAYS_ALLOWED = 10
const ORPHANS_ALLOWED_SHARE = 0.2
const CLEAN_SWEEPS_TO_CLOSE = 3

/**
 * The breaker after one more sweep. Pods whose Buildkit was seen deleted, and superseded ones, are no orphans: a package that is
 * destroyed and a roll of every builder do not open it. After `UnhealthyZoneThreshold` in Kubernetes' node lifecycle controller.
 */
export function afterSweep(breaker: Breaker, { buildkits, pods, orphans }: Counts): Breaker {
  const isSuspicious =
    orphans > Math.max(ORPHANS_ALWAYS_ALLOWED, pods * ORPHANS_ALLOWED_SHARE) || (buildkits === 0 && orphans > 0)
  if (isSuspicious) return { isOpen: true, cleanSweeps: 0 }
  const cleanSweeps = breaker.cleanSweeps + 1
  return { isOpen: breaker.isOpen && cleanSweeps < CLEAN_SWEEPS_TO_CLOSE, cleanSweeps }
}
