import { API_VERSION } from '../crds/names.ts'
import type { HeldBack } from './act/gate.ts'
import { transitionsOf } from './act/transitions.ts'
import type { EventRecorder } from './events/event-recorder.ts'
import type { Regarding } from './events/event-writer.ts'
import type { Garbage } from './judge/garbage.ts'
import { ApiError } from './kube/api/api-error.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics/metrics.ts'
import { type Buildkit, type BuildkitStatus, isSameEndpoint } from './observation.ts'
import type { Pod } from './pod.ts'
import type { ReconcileObserver } from './reconcile.ts'
import { builderOf } from './store.ts'

/** The targets of reports. */
export interface Report {
  readonly metrics: Metrics
  readonly log: Log
  readonly events: EventRecorder
}

/** How many Pods that stay are remembered, to log each of them once. */
const REMEMBERED_MAX = 10_000

/** Reports what reconciling has done, in the log, in Events and in metrics. */
export function reconcileObserver(report: Report): ReconcileObserver {
  const { metrics } = report
  const reportHeldBack = heldBackReporter()
  return {
    onStatus: (written, before) => {
      metrics.statusPatches.inc({ result: 'success' })
      measureEndpoint(metrics, written, before)
      reportTransitions(report, written, before)
    },
    onStatusError: (error) =>
      metrics.statusPatches.inc({ result: error instanceof ApiError && error.code === 409 ? 'conflict' : 'error' }),
    onDeletion: (garbage, outcome) => {
      if (typeof outcome === 'string') reportDeletion(report, garbage, outcome)
      else if ('refused' in outcome) reportRefusal(report, garbage, outcome.refused)
      else reportHeldBack(report, garbage, outcome.heldBack)
    },
  }
}

/** Logs each Pod that stays once, and none if deletion is disabled. */
function heldBackReporter() {
  const stayed = new Set<string>()
  return ({ metrics, log }: Report, garbage: Garbage, why: HeldBack): void => {
    metrics.gcSkipped.inc({ why })
    if (why === 'disabled' || stayed.has(garbage.pod.uid)) return
    if (stayed.size >= REMEMBERED_MAX) stayed.clear()
    stayed.add(garbage.pod.uid)
    log.info({ ...fieldsOf(garbage), why }, why === 'dry-run' ? 'would delete' : 'not deleted for now')
  }
}

function measureEndpoint({ endpointSeconds, underWay }: Metrics, written: Buildkit, before: BuildkitStatus): void {
  const { status } = written
  const work = underWay.get(builderOf(written))
  if (!work || status.endpoint === undefined || isSameEndpoint(status, before)) return
  endpointSeconds.observe((performance.now() - work.wantedAt) / 1000)
}

function reportTransitions({ log, events }: Report, written: Buildkit, before: BuildkitStatus): void {
  const { namespace, name, uid } = written
  const regarding = { apiVersion: API_VERSION, kind: 'Buildkit', namespace, name, uid }
  for (const { type, reason, note } of transitionsOf(before, written.status)) {
    events.record({ regarding, type, reason, note, action: 'ReportStatus' })
    log[type === 'Warning' ? 'warn' : 'info']({ namespace, buildkit: name, reason }, note)
  }
}

const WHY: Readonly<Record<Garbage['reason'], string>> = {
  superseded: 'another Pod has superseded it',
  ended: 'it has ended and blocks its successor',
  deleted: 'its Buildkit was deleted',
  orphaned: 'it has no Buildkit',
}

function reportDeletion(
  { metrics, log, events }: Report,
  garbage: Garbage,
  result: 'deleted' | 'gone' | 'changed',
): void {
  const { pod, reason, follower } = garbage
  metrics.gcDeletes.inc({ reason, result })
  if (result !== 'deleted') {
    log.info({ ...fieldsOf(garbage), result }, 'not deleted')
    return
  }
  const why = follower === undefined ? WHY[reason] : `it must end before Pod "${follower}" can start`
  const note = `Pod "${pod.name}" was deleted: ${why}`
  log.info(fieldsOf(garbage), 'deleted')
  events.record({ regarding: podRef(pod), type: 'Normal', reason: 'PodDeleted', note, action: 'DeletePod' })
}

function reportRefusal({ metrics, log }: Report, garbage: Garbage, error: string): void {
  metrics.gcDeletes.inc({ reason: garbage.reason, result: 'refused' })
  log.warn({ ...fieldsOf(garbage), error }, 'deletion refused')
}

function fieldsOf({ pod, reason, follower }: Garbage) {
  return { namespace: pod.namespace, pod: pod.name, uid: pod.uid, reason, ...(follower !== undefined && { follower }) }
}

function podRef({ namespace, name, uid }: Pod): Regarding {
  return { apiVersion: 'v1', kind: 'Pod', namespace, name, uid }
}
