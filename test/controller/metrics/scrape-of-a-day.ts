import { createLog } from '../../../controller/log.ts'
import { createMetrics } from '../../../controller/metrics/metrics.ts'
import {
  apiObserver,
  observeCaches,
  queueObserver,
  reflectorObserver,
  zeroCounters,
} from '../../../controller/metrics/observers.ts'
import { createStore } from '../../../controller/store.ts'
import type { Scope, Watches } from '../../../controller/watches.ts'

/** What Prometheus gets once every metric has been touched. */
export async function scrapeOfADay(): Promise<string> {
  const metrics = createMetrics()
  const log = createLog('error', { write: () => undefined })
  zeroCounters(metrics)
  metrics.buildInfo.set({ version: '0.1.0', node: 'v24.0.0' }, 1)
  metrics.maxConcurrentReconciles.set({ controller: 'buildkit' }, 8)
  metrics.leaderStatus.set({ name: 'buildkit-controller' }, 1)
  metrics.endpointSeconds.observe(0.012)
  const api = apiObserver(metrics)
  api.onAnswer({ method: 'GET', host: '[::1]:6443', code: '<error>', seconds: 0.003 })
  api.onRetry({ method: 'GET', host: '[::1]:6443' })
  const queue = queueObserver(metrics, log)
  queue.onAdd(1)
  queue.onStart('ci/b', 0.001, 0)
  queue.onEnd('ci/b', 0.01, { result: 'error', error: new Error('no answer'), milliseconds: 50 })
  const pods = reflectorObserver({ resource: 'pods', namespace: '' }, metrics, log)
  pods.onList({ reason: 'start', seconds: 0.2, objects: 3 })
  pods.onRestart('ended')
  pods.onEvent('BOOKMARK')
  pods.onDivergence(0)
  observeCaches(metrics, createStore(), WATCHES)
  return metrics.registry.metrics()
}

/** What is watched of a namespace, or of the whole cluster where it is empty, that is heard of or never was. */
export function scopeOf(namespace: string, isHeard: boolean): Scope {
  return {
    namespace,
    run: async () => undefined,
    isSynced: () => isHeard,
    isFresh: () => isHeard,
    isServed: () => isHeard,
    refusal: () => undefined,
    stalenessSeconds: () => (isHeard ? 1 : Number.POSITIVE_INFINITY),
  }
}

/** Of a controller that has not heard of anything yet. */
export const WATCHES: Watches = {
  run: async () => undefined,
  scopes: [scopeOf('', false)],
  isSynced: () => false,
  isFresh: () => false,
}
