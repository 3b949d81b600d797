import { type Counts, sumOf } from './counts.ts'

/**
 * The namespaces whose orphans are kept because their number suggests a broken list; the empty key is the whole cluster. The value is
 * the number of consecutive clean sweeps, the last one included.
 */
export type Breaker = ReadonlyMap<string, number>

/** The key for the whole cluster. */
export const EVERYWHERE = ''

const ORPHANS_ALWAYS_ALLOWED = 10
const ORPHANS_ALLOWED_SHARE = 0.2
const CLEAN_SWEEPS_TO_CLOSE = 3

/**
 * The breaker after one more sweep over the counts by namespace. Pods whose Buildkit was seen deleted, and superseded Pods, are not
 * orphans: deleting a package or rolling every builder does not open it. After `UnhealthyZoneThreshold` in Kubernetes' node
 * lifecycle controller, which has zones where we have namespaces.
 */
export function afterSweep(breaker: Breaker, counts: ReadonlyMap<string, Counts>): Breaker {
  const closing = [...breaker]
    .map(([namespace, cleanSweeps]): [string, number] => [namespace, cleanSweeps + 1])
    .filter(([, cleanSweeps]) => cleanSweeps < CLEAN_SWEEPS_TO_CLOSE)
  return new Map([...closing, ...openedBy(breaker, counts)])
}

/** The breaker after a look between two sweeps, which can open it but not close it. */
export function afterLook(breaker: Breaker, counts: ReadonlyMap<string, Counts>): Breaker {
  return new Map([...breaker, ...openedBy(breaker, counts)])
}

export function isOpenIn(breaker: Breaker, namespace: string): boolean {
  return breaker.has(EVERYWHERE) || breaker.has(namespace)
}

function openedBy(breaker: Breaker, counts: ReadonlyMap<string, Counts>): Breaker {
  return new Map(suspiciousIn(breaker, counts).map((namespace) => [namespace, 0]))
}

/** The namespaces with too many orphans, and the whole cluster if the others have too many in total. */
function suspiciousIn(breaker: Breaker, counts: ReadonlyMap<string, Counts>): readonly string[] {
  const { buildkits, orphans } = sumOf(counts.values())
  if (buildkits === 0 && orphans > 0) return [EVERYWHERE]
  const suspicious = [...counts].filter(([, each]) => areTooMany(each)).map(([namespace]) => namespace)
  const apart = new Set([...suspicious, ...breaker.keys()])
  const others = [...counts].filter(([namespace]) => !apart.has(namespace)).map(([, each]) => each)
  return areTooMany(sumOf(others)) ? [...suspicious, EVERYWHERE] : suspicious
}

function areTooMany({ pods, orphans }: Counts): boolean {
  return orphans > Math.max(ORPHANS_ALWAYS_ALLOWED, pods * ORPHANS_ALLOWED_SHARE)
}
