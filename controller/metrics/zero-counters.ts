import { EVERYWHERE } from '../act/breaker.ts'
import type { HeldBack } from '../act/gate.ts'
import type { Garbage } from '../judge/garbage.ts'
import type { WorkOutcome } from '../kube/queue/queue-observer.ts'
import { WATCHED_RESOURCES } from '../scope.ts'
import { CONTROLLER, type Metrics } from './metrics.ts'

const RECONCILED = ['success', 'error', 'requeue_after'] as const satisfies readonly WorkOutcome['result'][]
const PATCHED = ['success', 'conflict', 'error']
const GARBAGE = ['superseded', 'ended', 'deleted', 'orphaned'] as const satisfies readonly Garbage['reason'][]
const DELETED = ['deleted', 'gone', 'changed', 'refused']
const HELD_BACK = ['dry-run', 'disabled', 'stale-cache', 'breaker-open'] as const satisfies readonly HeldBack[]

/** Sets counters to 0 that would begin with their first event: Prometheus sees no increase where there was nothing before. */
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
