import type { Gate } from './act/gate.ts'
import { createQueue, type Queue, type QueueObserver } from './kube/queue/queue.ts'
import { type Reconciler, reconcile } from './reconcile.ts'
import { keysOf, namespaceOf } from './store.ts'

const SWEEP_MILLISECONDS = 60_000

export interface Leader {
  /** Reconciles builders soon. Does nothing if all are reconciled later: at the start of a term, or when their namespace is synced. */
  readonly enqueue: (keys: readonly string[]) => void
  /** Reconciles all builders of a namespace that is now synced; of all namespaces if it is empty. */
  readonly onSynced: (namespace: string) => void
  /** Reconciles until the epoch ends, and completes what is in progress. */
  readonly lead: (epoch: AbortSignal) => Promise<void>
}

interface LeaderOptions {
  readonly reconciler: Reconciler
  readonly gate: Gate
  readonly concurrency: number
  readonly observer: QueueObserver
  /** Whether the caches of a namespace are complete: only then are its builders reconciled. */
  readonly isSynced: (namespace: string) => boolean
}

export function createLeader({ reconciler, gate, concurrency, observer, isSynced }: LeaderOptions): Leader {
  let queue: Queue | undefined
  const isKnown = (key: string) => isSynced(namespaceOf(key))
  // A requeued key does nothing while its namespace is not synced; it returns with `onSynced`.
  const process = async (key: string) => (isKnown(key) ? reconcile(key, reconciler) : undefined)
  // Not urgent: most of these builders have not changed, and changes come first.
  const enqueueAll = (keys: readonly string[]) => {
    for (const key of keys.filter(isKnown)) queue?.add(key, { isUrgent: false })
  }
  return {
    enqueue: (keys) => {
      for (const key of keys.filter(isKnown)) queue?.add(key)
    },
    onSynced: (namespace) => {
      if (!queue) return
      const keys = keysOf(reconciler.store)
      enqueueAll(namespace === '' ? keys : keys.filter((key) => namespaceOf(key) === namespace))
    },
    lead: async (epoch) => {
      if (epoch.aborted) return
      const ended = new Promise<void>((resolve) => epoch.addEventListener('abort', () => resolve(), { once: true }))
      queue = createQueue({ process, concurrency, groupOf: namespaceOf, observer })
      const current = queue
      const sweeps = setInterval(gate.sweep, SWEEP_MILLISECONDS)
      current.start()
      enqueueAll(keysOf(reconciler.store))
      await ended
      clearInterval(sweeps)
      queue = undefined
      await current.stop()
    },
  }
}
