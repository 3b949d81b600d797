import { EVERYWHERE } from '../act/breaker.ts'
import { countsOf, sumOf } from '../act/counts.ts'
import type { HeldBack } from '../act/gate.ts'
import type { Garbage } from '../judge/garbage.ts'
import type { ApiObserver } from '../kube/api/api-call.ts'
import { ApiError } from '../kube/api/api-error.ts'
import type { QueueObserver, WorkOutcome } from '../kube/queue/queue.ts'
import type { ReflectorObserver } from '../kube/watch/reflecting.ts'
import type { Log } from '../log.ts'
import { type BuildkitStatus, conditionIn } from '../observation.ts'
import { READY, STALLED, WAITING_FOR_HANDOVER } from '../reasons.ts'
import type { Store } from '../store.ts'
import { WATCHED_RESOURCES, type Watches } from '../watches.ts'
import { CONTROLLER, type Metrics } from './metrics.ts'

export function apiObserver(metrics: Metrics): ApiObserver {
  return {
    onAnswer: ({ method, host, code, seconds }) => {
      metrics.requests.inc({ method, host, code })
      metrics.requestSeconds.observe({ verb: method, host }, seconds)
    },
    onRetry: ({ method, host }) => metrics.requestRetries.inc({ verb: method, host }),
  }
}

export function queueObserver(metrics: Metrics, log: Log): QueueObserver {
  const name = CONTROLLER
  const controller = CONTROLLER
  return {
    onAdd: (depth) => {
      metrics.queueAdds.inc({ name })
      metrics.queueDepth.set({ name }, depth)
    },
    onStart: (key, queuedSeconds, depth) => {
      const startedAt = performance.now()
      metrics.underWay.set(key, { startedAt, wantedAt: startedAt - queuedSeconds * 1000 })
      metrics.queueDepth.set({ name }, depth)
      metrics.queueSeconds.observe({ name }, queuedSeconds)
      metrics.activeWorkers.inc({ controller })
    },
    onEnd: (key, workedSeconds, outcome) => {
      metrics.underWay.delete(key)
      metrics.activeWorkers.dec({ controller })
      metrics.workSeconds.observe({ name }, workedSeconds)
      metrics.reconcileSeconds.observe({ controller }, workedSeconds)
      metrics.reconciles.inc({ controller, result: outcome.result })
      if (outcome.result !== 'error') return
      metrics.reconcileErrors.inc({ controller })
      metrics.queueRetries.inc({ name })
      const { error, milliseconds } = outcome
      log.warn({ builder: key, error, retryInSeconds: rounded(milliseconds) }, 'could not reconcile')
    },
  }
}

/** `namespace` is empty for all. */
interface Watched {
  readonly resource: string
  readonly namespace: string
}

export function reflectorObserver({ resource, namespace }: Watched, metrics: Metrics, log: Log): ReflectorObserver {
  const watched = { resource, ...(namespace && { namespace }) }
  return {
    onList: ({ reason, seconds, objects }) => {
      metrics.lists.inc({ resource, reason })
      metrics.listSeconds.observe({ resource }, seconds)
      log.info({ ...watched, reason, objects, seconds: Number(seconds.toFixed(3)) }, 'listed')
    },
    onRestart: (reason) => metrics.watchRestarts.inc({ resource, reason }),
    onEvent: (type) => metrics.watchEvents.inc({ resource, type }),
    onSynced: (isSynced) => log.info({ ...watched, isSynced }, isSynced ? 'synced' : 'refused by the API server'),
    onDivergence: (objects) => {
      metrics.cacheDivergence.inc({ resource }, objects)
      if (objects > 0) log.error({ ...watched, objects }, 'the watch has missed changes; listed again')
    },
    onError: (error, milliseconds) => {
      const isUnknown = error instanceof ApiError && error.code === 404
      const text = isUnknown ? 'the API server does not know this resource; apply the CRDs' : 'could not list or watch'
      log.warn({ ...watched, error, retryInSeconds: rounded(milliseconds) }, text)
    },
  }
}

function rounded(milliseconds: number): number {
  return Math.round(milliseconds) / 1000
}

/** Sets the gauges for the caches and the work in progress, once for each scrape instead of at each change. */
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
  const states = { ready: 0, serving: 0, handover: 0, waiting: 0, stalled: 0 }
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

function stateOf(status: BuildkitStatus): 'ready' | 'serving' | 'handover' | 'waiting' | 'stalled' {
  const ready = conditionIn(status, READY)
  if (conditionIn(status, STALLED)) return 'stalled'
  if (ready?.status === 'True') return 'ready'
  if (status.endpoint !== undefined) return 'serving'
  return ready?.reason === WAITING_FOR_HANDOVER ? 'handover' : 'waiting'
}

const RECONCILED = ['success', 'error', 'requeue_after'] as const satisfies readonly WorkOutcome['result'][]
const PATCHED = ['success', 'conflict', 'error']
const GARBAGE = ['superseded', 'ended', 'deleted', 'orphaned'] as const satisfies readonly Garbage['reason'][]
const DELETED = ['deleted', 'gone', 'changed', 'refused']
const HELD_BACK = ['dry-run', 'disabled', 'stale-cache', 'breaker-open'] as const satisfies readonly HeldBack[]

/** Initializes counters with 0: without an earlier sample, Prometheus does not see the first event as an increase. */
export function zeroCounters(metrics: Metrics): void {
  const [name, controller] = [CONTROLLER, CONTROLLER]
  metrics.queueAdds.inc({ name }, 0)
  metrics.queueRetries.inc({ name }, 0)
  metrics.reconcileErrors.inc({ controller }, 0)
  for (const result of RECONCILED) metrics.reconciles.inc({ controller, result }, 0)
  for (const result of PATCHED) metrics.statusPatches.inc({ result }, 0)
  metrics.gcBreakerOpen.set({ namespace: EVERYWHERE }, 0)
  for (const resource of WATCHED_RESOURCES) metrics.cacheDivergence.inc({ resource }, 0)
  for (const why of HELD_BACK) metrics.gcSkipped.inc({ why }, 0)
  for (const reason of GARBAGE) for (const result of DELETED) metrics.gcDeletes.inc({ reason, result }, 0)
}
