import type { Gate } from './act/gate.ts'
import { createQueue, type Queue } from './queue/queue.ts'
import type { QueueObserver } from './queue/queue-observer.ts'
import { type Reconciler, reconcile } from './reconcile.ts'
import { keysOf } from './store.ts'

const SWEEP_MILLISECONDS = 60_000

export interface Leader {
  /** Has builders looked at soon; while this process does not lead nothing, for whoever begins to lead looks at all of them. */
  readonly enqueue: (keys: readonly string[]) => void
  /** Reconciles until the epoch ends, and what is under way then to its end. */
  readonly lead: (epoch: AbortSignal) => Promise<void>
}

interface LeaderOptions {
  readonly reconciler: Reconciler
  readonly gate: Gate
  readonly concurrency: number
  readonly observer: QueueObserver
  /** Resolves when every watch has the complete picture once. */
  readonly synced: Promise<void>
}

export function createLeader({ reconciler, gate, concurrency, observer, synced }: LeaderOptions): Leader {
  let queue: Queue | undefined
  return {
    enqueue: (keys) => {
      for (const key of keys) queue?.add(key)
    },
    lead: async (epoch) => {
      const ended = new Promise<void>((resolve) => epoch.addEventListener('abort', () => resolve(), { once: true }))
      await Promise.race([synced, ended])
      if (epoch.aborted) return
      const current = createQueue({ process: (key) => reconcile(key, reconciler), concurrency, observer })
      queue = current
      const sweeps = setInterval(gate.sweep, SWEEP_MILLISECONDS)
      current.start()
      // What happens meanwhile comes first: of most of these nothing has changed.
      for (const key of keysOf(reconciler.store)) current.add(key, { isUrgent: false })
      await ended
      clearInterval(sweeps)
      queue = undefined
      await current.stop()
    },
  }
}
