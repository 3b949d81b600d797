import { ApiError } from '../kube/api/api-error.ts'
import type { ApiObserver } from '../kube/api/api-observer.ts'
import type { QueueObserver } from '../kube/queue/queue-observer.ts'
import type { ReflectorObserver } from '../kube/watch/reflector-observer.ts'
import type { Log } from '../log.ts'
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
      if (objects > 0) log.error({ ...watched, objects }, 'the watch has missed changes; listed anew')
    },
    onError: (error, milliseconds) => {
      const isUnknown = error instanceof ApiError && error.code === 404
      const text = isUnknown
        ? 'waits for the API server to know this resource: apply the CRDs'
        : 'could not list or watch'
      log.warn({ ...watched, error, retryInSeconds: rounded(milliseconds) }, text)
    },
  }
}

function rounded(milliseconds: number): number {
  return Math.round(milliseconds) / 1000
}
