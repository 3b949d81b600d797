import type { History } from '../history.ts'
import type { Cache, Change, Listed } from './cache.ts'
import type { Continuity } from './continuity.ts'
import type { Collection } from './list-all.ts'
import type { SelfCheck } from './self-check.ts'
import type { Interruption } from './verdict.ts'

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

/** Told what a reflector sees; for logs and metrics. */
export interface ReflectorObserver {
  /** A complete list. `reason`: `start`, `self-check`, or why the place in the stream was lost. */
  readonly onList: (list: { readonly reason: string; readonly seconds: number; readonly objects: number }) => void
  /** A watch has come to its end, or could not be had: a reason from verdict.ts. */
  readonly onRestart: (reason: string) => void
  /** A line of a watch: ADDED, MODIFIED, DELETED, BOOKMARK or ERROR. */
  readonly onEvent: (type: string) => void
  readonly onSynced: (isSynced: boolean) => void
  /** A self-check is done. `objects`: those of which the watch has not told although it had come that far; there should be none. */
  readonly onDivergence: (objects: number) => void
  /** `retryInMilliseconds`: 0 for at once, and where nothing is tried again. */
  readonly onError: (error: unknown, retryInMilliseconds: number) => void
}

/** The pace of a reflector. */
export interface ReflectorTimings {
  /** How long one page of a list may take to begin, and how long it may pause. */
  readonly pageMilliseconds: number
  readonly firstBackOffMilliseconds: number
  readonly longestBackOffMilliseconds: number
  /** A watch is asked to end after between one and two of these, so that none hangs unnoticed. */
  readonly lifetimeMilliseconds: number
  /** How much longer it may live before it is cut. */
  readonly overtimeMilliseconds: number
  /** How long a watch may be silent; bookmarks come about every minute. */
  readonly idleMilliseconds: number
  /** A watch that the API server ends earlier, without an event, is no watch. */
  readonly shortMilliseconds: number
  /** A watch that lived as long was a good one: the next pause is the first one again. */
  readonly steadyMilliseconds: number
  /** After a watch that lived as long, another list may follow at once. */
  readonly calmMilliseconds: number
  /** A reflector that had no watch for longer, or whose process stood still, may have missed that the API server was away. */
  readonly gapMilliseconds: number
  /** Between two comparisons of the cache with a list, give or take a fifth. */
  readonly selfCheckMilliseconds: number
}

/** After client-go's `tools/cache/reflector.go`, where it has the same. */
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

/** Doubles from the first to the longest pause; each is somewhere in the upper half, so that many clients do not come back at once. */
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
