import { countsOf } from './act/counts.ts'
import { type BreakerChange, createGate } from './act/gate.ts'
import { createCluster } from './cluster.ts'
import { createElection } from './election.ts'
import { createEventRecorder } from './events/event-recorder.ts'
import { createApiClient } from './kube/api/api-client.ts'
import { createHistory } from './kube/history.ts'
import { createLeader } from './lead.ts'
import { createMandate } from './mandate.ts'
import type { Metrics } from './metrics/metrics.ts'
import { apiObserver, queueObserver, reflectorObserver } from './metrics/observers.ts'
import { reconcileObserver } from './report.ts'
import { createStore, forgetAll } from './store.ts'
import type { Surroundings } from './surroundings.ts'
import { createWatches } from './watches.ts'

/** The parts of the controller, each with those that it needs; nothing runs yet. */
export type Controller = ReturnType<typeof assemble>

export function assemble(surroundings: Surroundings, metrics: Metrics) {
  const { settings, access, log, identity, version } = surroundings
  const { graces, gc, namespaces, concurrency } = settings
  const client = createApiClient(access, {
    userAgent: `buildkit-controller/${version}`,
    observer: apiObserver(metrics),
  })
  const store = createStore()
  const history = createHistory()
  history.onRewritten((evidence) => {
    log.error({ evidence }, 'the API server has another history: forgets everything, lists anew')
    forgetAll(store)
    mandate.revoke()
  })
  const onError = (error: unknown) => log.warn({ error }, 'could not write an Event')
  const events = createEventRecorder({ client, instance: identity, onError })
  const watches = createWatches({
    client,
    store,
    history,
    namespaces,
    onKeys: (keys) => leader.enqueue(keys),
    onSynced: (namespace) => leader.onSynced(namespace),
    observerOf: (resource, namespace) => reflectorObserver({ resource, namespace }, metrics, log),
  })
  const onBreaker = ({ namespace, isOpen, counts }: BreakerChange) => {
    metrics.gcBreakerOpen.set({ namespace }, Number(isOpen))
    const fields = { ...(namespace && { namespace }), ...counts }
    if (isOpen) log.error(fields, 'breaker open: too many orphans, deleting none')
    else log.info(fields, 'breaker closed: orphans are deleted again')
  }
  const gate = createGate({ gc, isFresh: watches.isFresh, counts: () => countsOf(store), onBreaker })
  const mandate = createMandate({ leads: () => election.mayWrite(), isWhole: watches.isSynced })
  const cluster = createCluster({ client, mandate, history })
  const observer = reconcileObserver({ metrics, log, events })
  const leader = createLeader({
    reconciler: { store, cluster, graces, holdBack: gate.holdBack, observer },
    gate,
    concurrency,
    observer: queueObserver(metrics, log),
    isSynced: watches.isSynced,
  })
  const election = createElection(leader, surroundings, { metrics, client, history, mandate })
  return { client, store, events, watches, election }
}
