import type { Cache, Change, Listed } from './cache.ts'
import type { Collection } from './list-all.ts'
import type { ReflectorObserver } from './reflector-observer.ts'
import type { ReflectorTimings } from './timings.ts'

/** A reflector at work: what it was made with, and what it knows between two requests. */
export interface Reflecting<T extends Listed> extends Collection<T> {
  readonly onChange: (change: Change<T>) => void
  readonly observer: ReflectorObserver
  readonly timings: ReflectorTimings
  readonly cache: Cache<T>
  /** Where the stream goes on; undefined where everything must be listed anew. */
  resourceVersion: string | undefined
  /** Whether a list has completed, and the API server has not refused the collection since. */
  isSynced: boolean
  /** When the collection was last heard of, by `performance.now()`. */
  lastContact: number
  /** The keys that changed, while a self-check wants to know them. */
  touched: Set<string> | undefined
}

/** Reports changes. Invariant: whoever listens cannot stop the stream */
export function report<T extends Listed>({ onChange, observer }: Reflecting<T>, changes: readonly Change<T>[]): void {
  for (const change of changes) {
    try {
      onChange(change)
    } catch (error) {
      observer.onError(error, 0)
    }
  }
}
