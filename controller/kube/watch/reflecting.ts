import type { History } from '../history.ts'
import type { BackOff } from './back-off.ts'
import type { Cache, Change, Listed } from './cache.ts'
import type { Continuity } from './continuity.ts'
import type { Interruption } from './ending.ts'
import type { Collection } from './list-all.ts'
import type { ReflectorObserver } from './reflector-observer.ts'
import type { SelfCheck } from './self-check.ts'
import type { ReflectorTimings } from './timings.ts'

/** A reflector at work: what it was made with, and what it knows between two requests. */
export interface Reflecting<T extends Listed> {
  readonly collection: Collection<T>
  /** Its name in the history: `pods`. */
  readonly resource: string
  readonly history: History
  readonly continuity: Continuity
  readonly onChange: (change: Change<T>) => void
  readonly observer: ReflectorObserver
  readonly timings: ReflectorTimings
  readonly cache: Cache<T>
  readonly selfCheck: SelfCheck
  /** Until a watch has worked again. */
  readonly backOff: BackOff
  /** Between lists that are each meant to come at once. */
  readonly relistBackOff: BackOff
  /** Where the stream goes on; undefined where everything must be listed anew. */
  resourceVersion: string | undefined
  /** Why the next list is made. */
  listReason: string
  isSynced: boolean
  /** Whether no watch has gone on from that place yet: it is that of a list. */
  isJustListed: boolean
  /** Whether a list has ever completed. */
  hasListed: boolean
  /** What the API server said when it refused the collection, until it lets us see it again. */
  refusal: string | undefined
  /** When the collection was last heard of, by `performance.now()`. */
  lastContact: number
  /** Of the last verdict. */
  doubts: number
  /** The watch under way. */
  session: AbortController
}

/** Reports changes. Whoever listens cannot stop the stream. */
export function report<T extends Listed>({ onChange, observer }: Reflecting<T>, changes: readonly Change<T>[]): void {
  for (const change of changes) {
    try {
      onChange(change)
    } catch (cause) {
      const { namespace, name } = change.object
      observer.onError(new Error(`could not take in "${namespace}/${name}"`, { cause }), 0)
    }
  }
}

/** Forgets everything: another history has begun. */
export function forget<T extends Listed>(reflecting: Reflecting<T>): void {
  reflecting.cache.clear()
  reflecting.selfCheck.stop()
  if (reflecting.resourceVersion !== undefined) reflecting.listReason = 'rewritten'
  reflecting.resourceVersion = undefined
  reflecting.session.abort('rewritten' satisfies Interruption)
}

export function setSynced<T extends Listed>(reflecting: Reflecting<T>, isSynced: boolean): void {
  if (reflecting.isSynced === isSynced) return
  reflecting.isSynced = isSynced
  reflecting.observer.onSynced(isSynced)
}
