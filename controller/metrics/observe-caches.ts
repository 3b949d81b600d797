import { conditionIn } from '../judge/conditions.ts'
import type { BuildkitStatus } from '../observation.ts'
import { READY, STALLED } from '../reasons.ts'
import { countsOf, type Store } from '../store.ts'
import type { Watches } from '../watches.ts'
import type { Metrics } from './metrics.ts'

/** Fills in the gauges that describe the caches; once for each scrape instead of at each change. */
export function observeCaches(metrics: Metrics, store: Store, watches: Watches): void {
  const { buildkits, pods, orphans } = countsOf(store)
  metrics.gcOrphans.set(orphans)
  for (const [resource, objects] of [['buildkits', buildkits] as const, ['pods', pods] as const]) {
    metrics.cacheObjects.set({ resource }, objects)
    metrics.cacheSynced.set({ resource }, Number(watches.isSynced(resource)))
    metrics.cacheStaleness.set({ resource }, watches.stalenessSeconds(resource))
  }
  const states = { ready: 0, serving: 0, waiting: 0, stalled: 0 }
  for (const { status } of store.buildkits.values()) states[stateOf(status)] += 1
  for (const [state, count] of Object.entries(states)) metrics.builders.set({ state }, count)
}

function stateOf(status: BuildkitStatus): 'ready' | 'serving' | 'waiting' | 'stalled' {
  if (conditionIn(status, STALLED)) return 'stalled'
  if (conditionIn(status, READY)?.status === 'True') return 'ready'
  return status.endpoint === undefined ? 'waiting' : 'serving'
}
