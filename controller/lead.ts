import type { Gate } from './act/gate.ts'
import { createQueue, type Queue, type QueueObserver } from './kube/queue/queue.ts'
import { type Reconciler, reconcile } from './reconcile.ts'
import { keysOf, namespaceOf } from './store.ts'

const SWEEP_MILLISECONDS = 60_000

export interface Leader {
  /** Has builders looked at soon; nothing where all of them are looked at later: when we begin to lead, or their namespace is synced. */
  readonly enqueue: (keys: readonly string[]) => void
  /** Has all builders looked at of a namespace that is synced now; of all where it is empty. */
  readonly onSynced: (namespace: string) => void
  /** Reconciles until the epoch ends, and what is under way then to its end. */
  readonly lead: (epoch: AbortSignal) => Promise<void>
}

interface LeaderOptions {
  readonly reconciler: Reconciler
  readonly gate: Gate
  readonly concurrency: number
  readonly observer: QueueObserver
  /** Whether what is known of a namespace is whole: only then builders in it are worked on. */
  readonly isSynced: (namespace: string) => boolean
}

export function createLeader({ reconciler, gate, concurrency, observer, isSynced }: LeaderOptions): Leader {
  let queue: Queue | undefined
  const isKnown = (key: string) => isSynced(namespaceOf(key))
  // What comes again by itself comes to nothing meanwhile, and again once the namespace is synced.
  const process = async (key: string) => (isKnown(key) ? reconcile(key, reconciler) : undefined)
  // What happens meanwhile comes first: of most of these nothing has changed.
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
