import { countsOf, sumOf } from '../act/counts.ts'
import { conditionIn } from '../judge/conditions.ts'
import type { BuildkitStatus } from '../observation.ts'
import { READY, STALLED } from '../reasons.ts'
import { WATCHED_RESOURCES } from '../scope.ts'
import type { Store } from '../store.ts'
import type { Watches } from '../watches.ts'
import { CONTROLLER, type Metrics } from './metrics.ts'

/** Fills in the gauges that describe the caches and the work under way; once for each scrape instead of at each change. */
export function observeCaches(metrics: Metrics, store: Store, watches: Watches): void {
  observeWork(metrics)
  const { orphans, ...objects } = sumOf(countsOf(store).values())
  metrics.gcOrphans.set(orphans)
  for (const resource of WATCHED_RESOURCES) {
    metrics.cacheObjects.set({ resource }, objects[resource])
    for (const { namespace, isServed, stalenessSeconds } of watches.scopes) {
      metrics.cacheSynced.set({ namespace, resource }, Number(isServed(resource)))
      metrics.cacheStaleness.set({ namespace, resource }, stalenessSeconds(resource))
    }
  }
  const states = { ready: 0, serving: 0, waiting: 0, stalled: 0 }
  for (const { status } of store.buildkits.values()) states[stateOf(status)] += 1
  for (const [state, count] of Object.entries(states)) metrics.builders.set({ state }, count)
}

function observeWork({ underWay, unfinishedSeconds, longestSeconds }: Metrics): void {
  const now = performance.now()
  const seconds = [...underWay.values()].map(({ startedAt }) => (now - startedAt) / 1000)
  unfinishedSeconds.set(
    { name: CONTROLLER },
    seconds.reduce((sum, each) => sum + each, 0),
  )
  longestSeconds.set({ name: CONTROLLER }, Math.max(0, ...seconds))
}

function stateOf(status: BuildkitStatus): 'ready' | 'serving' | 'waiting' | 'stalled' {
  if (conditionIn(status, STALLED)) return 'stalled'
  if (conditionIn(status, READY)?.status === 'True') return 'ready'
  return status.endpoint === undefined ? 'waiting' : 'serving'
}
