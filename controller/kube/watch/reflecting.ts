import type { History } from '../history.ts'
import type { Cache, Change, Listed } from './cache.ts'
import type { Continuity } from './continuity.ts'
import type { Collection } from './list-all.ts'
import type { SelfCheck } from './self-check.ts'
import type { Interruption } from './verdict.ts'

/** The state of a running reflector: its options, and what it knows between two requests. */
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
  /** Reset when a watch has worked again. */
  readonly backOff: BackOff
  /** For lists that follow each other without another reason to wait. */
  readonly relistBackOff: BackOff
  /** Where the next watch starts; undefined if everything must be listed again. */
  resourceVersion: string | undefined
  /** The reason of the next list. */
  listReason: string
  isSynced: boolean
  /** Whether `resourceVersion` is that of a list from which no watch has started yet. */
  isJustListed: boolean
  /** Whether a list has ever completed. */
  hasListed: boolean
  /** The error with which the API server refused the collection, until it accepts a request again. */
  refusal: string | undefined
  /** When the last byte of the collection arrived, by `performance.now()`. */
  lastContact: number
  /** Of the last verdict. */
  doubts: number
  /** The present watch. */
  session: AbortController
}

/** Reports changes. An error of the listener does not stop the stream. */
export function report<T extends Listed>({ onChange, observer }: Reflecting<T>, changes: readonly Change<T>[]): void {
  for (const change of changes) {
    try {
      onChange(change)
    } catch (cause) {
      const { namespace, name } = change.object
      observer.onError(new Error(`could not process a change of "${namespace}/${name}"`, { cause }), 0)
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

/** Receives what a reflector does, for logs and metrics. */
export interface ReflectorObserver {
  /** A complete list. `reason`: `start`, `self-check`, or why the watch could not resume. */
  readonly onList: (list: { readonly reason: string; readonly seconds: number; readonly objects: number }) => void
  /** A watch has ended, or could not start: a reason from verdict.ts. */
  readonly onRestart: (reason: string) => void
  /** A line of a watch: ADDED, MODIFIED, DELETED, BOOKMARK or ERROR. */
  readonly onEvent: (type: string) => void
  readonly onSynced: (isSynced: boolean) => void
  /** A self-check is done. `objects`: the number of objects whose changes the watch has missed; must be 0. */
  readonly onDivergence: (objects: number) => void
  /** `retryInMilliseconds`: 0 for at once, or for no retry. */
  readonly onError: (error: unknown, retryInMilliseconds: number) => void
}

/** The pace of a reflector. */
export interface ReflectorTimings {
  /** How long one page of a list may take to begin, and how long it may pause. */
  readonly pageMilliseconds: number
  readonly firstBackOffMilliseconds: number
  readonly longestBackOffMilliseconds: number
  /** The API server ends a watch after between one and two of these, so that none hangs unnoticed. */
  readonly lifetimeMilliseconds: number
  /** How much longer it may last before we end it. */
  readonly overtimeMilliseconds: number
  /** How long a watch may be silent; bookmarks come about every minute. */
  readonly idleMilliseconds: number
  /** A watch that the API server ends earlier, without an event, counts as failed. */
  readonly shortMilliseconds: number
  /** A watch that lasted this long resets the pauses. */
  readonly steadyMilliseconds: number
  /** After a watch that lasted this long, another list may follow at once. */
  readonly calmMilliseconds: number
  /** After a longer gap without a watch, or a longer pause of the process, the API server may have restarted unnoticed. */
  readonly gapMilliseconds: number
  /** Between two comparisons of the cache with a list, give or take a fifth. */
  readonly selfCheckMilliseconds: number
}

/** As in client-go's `tools/cache/reflector.go`, if it has them. */
export const TIMINGS: ReflectorTimings = {
  pageMilliseconds: 30_000,
  firstBackOffMilliseconds: 800,
  longestBackOffMilliseconds: 30_000,
  lifetimeMilliseconds: 300_000,
  overtimeMilliseconds: 30_000,
  idleMilliseconds: 150_000,
  shortMilliseconds: 1_000,
  steadyMilliseconds: 2_000,
  calmMilliseconds: 60_000,
  gapMilliseconds: 5_000,
  selfCheckMilliseconds: 1_800_000,
}

/** Growing pauses between tries. */
export interface BackOff {
  /** The next pause, in milliseconds. */
  readonly next: () => number
  readonly reset: () => void
  /** Whether no pause was taken since the last reset. */
  readonly isFresh: () => boolean
}

type Limits = Pick<ReflectorTimings, 'firstBackOffMilliseconds' | 'longestBackOffMilliseconds'>

/** Doubles from the first to the longest pause, with jitter in the upper half, so that clients do not return all at once. */
export function createBackOff(limits: Limits, random: () => number = Math.random): BackOff {
  let count = 0
  return {
    next: () => {
      const longest = Math.min(limits.firstBackOffMilliseconds * 2 ** count, limits.longestBackOffMilliseconds)
      count += 1
      return longest * (0.5 + random() / 2)
    },
    reset: () => {
      count = 0
    },
    isFresh: () => count === 0,
  }
}
