import { setTimeout } from 'node:timers/promises'
import type { History } from '../history.ts'
import { type Cache, type Change, type Listed, replaceObjects } from './cache.ts'
import { createContinuity } from './continuity.ts'
import { takeEvent, type WatchEvent } from './event-reader.ts'
import { followWatch } from './follow-watch.ts'
import type { Collection, Listing } from './list-all.ts'
import { compareWithKnown, confirmPlace, listInHistory } from './list-in-history.ts'
import { obey } from './obey.ts'
import {
  createBackOff,
  forget,
  type Reflecting,
  type ReflectorObserver,
  type ReflectorTimings,
  report,
  setSynced,
  TIMINGS,
} from './reflecting.ts'
import { createSelfCheck } from './self-check.ts'
import { type Ending, type Interruption, NO_PROGRESS, verdictOn } from './verdict.ts'

/** Keeps up with a collection, whatever happens to the connection; after client-go's `tools/cache/reflector.go`. */
export interface Reflector {
  /** Lists and watches until aborted; never rejects. */
  readonly run: (signal: AbortSignal) => Promise<void>
  /** Whether a list has completed, and the API server has not refused the collection since. */
  readonly isSynced: () => boolean
  /** Whether a list has ever completed. */
  readonly hasListed: () => boolean
  /** What the API server said when it refused the collection, until it lets us see it again. */
  readonly refusal: () => string | undefined
  /**
   * Whether what was told is all there is: not before a list is complete that became necessary, as after each time that the API server
   * could not be reached.
   */
  readonly isWhole: () => boolean
  /** When a list was last complete or a byte of a watch came, by `performance.now()`; -Infinity for never. */
  readonly lastContact: () => number
}

export interface ReflectorOptions<T extends Listed> extends Collection<T> {
  /** When another one begins, all is listed anew, and told as if nothing had been known: there are no changes between two histories. */
  readonly history: History
  readonly onChange: (change: Change<T>) => void
  readonly observer: ReflectorObserver
  readonly timings?: Partial<ReflectorTimings>
}

export function createReflector<T extends Listed>(options: ReflectorOptions<T>): Reflector {
  const reflecting = startReflecting(options)
  options.history.onRewritten(() => forget(reflecting))
  return {
    run: async (signal) => {
      const stop = () => {
        reflecting.selfCheck.stop()
        reflecting.session.abort('stopped' satisfies Interruption)
      }
      signal.addEventListener('abort', stop, { once: true })
      await listAndWatch(reflecting, signal)
      signal.removeEventListener('abort', stop)
    },
    isSynced: () => reflecting.isSynced,
    hasListed: () => reflecting.hasListed,
    refusal: () => reflecting.refusal,
    isWhole: () => reflecting.isSynced && reflecting.resourceVersion !== undefined && !reflecting.continuity.isBroken(),
    lastContact: () => reflecting.lastContact,
  }
}

function startReflecting<T extends Listed>(options: ReflectorOptions<T>): Reflecting<T> {
  const { path, history, observer } = options
  const timings = { ...TIMINGS, ...options.timings }
  const cache: Cache<T> = new Map()
  const reflecting: Reflecting<T> = {
    collection: options,
    resource: path.slice(path.lastIndexOf('/') + 1),
    history,
    continuity: createContinuity(timings.gapMilliseconds, () => reflecting.session.abort('gap' satisfies Interruption)),
    onChange: options.onChange,
    observer,
    timings,
    cache,
    selfCheck: createSelfCheck({
      cache,
      list: (signal) => listAgain(reflecting, signal),
      periodMilliseconds: timings.selfCheckMilliseconds,
      onCompared: (divergent) => {
        observer.onDivergence(divergent)
        if (divergent > 0) reflecting.session.abort('diverged' satisfies Interruption)
      },
      onError: (error) => observer.onError(error, 0),
    }),
    backOff: createBackOff(timings),
    relistBackOff: createBackOff(timings),
    resourceVersion: undefined,
    listReason: 'start',
    isSynced: false,
    isJustListed: false,
    hasListed: false,
    refusal: undefined,
    lastContact: Number.NEGATIVE_INFINITY,
    doubts: 0,
    session: new AbortController(),
  }
  return reflecting
}

async function listAndWatch<T extends Listed>(reflecting: Reflecting<T>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const ending = reflecting.resourceVersion === undefined ? await list(reflecting, signal) : await goOn(reflecting)
    if (signal.aborted || ending === undefined) continue
    const verdict = verdictOn(ending, { doubts: reflecting.doubts, ...reflecting.timings })
    await pause(obey(reflecting, verdict, ending), signal)
  }
}

/** Undefined where all went well, or is to be done once more. */
async function list<T extends Listed>(reflecting: Reflecting<T>, signal: AbortSignal): Promise<Ending | undefined> {
  const { cache, continuity, observer, selfCheck, listReason: reason } = reflecting
  const startedAt = performance.now()
  try {
    const listing = await listInHistory(reflecting, signal)
    if (listing === undefined) return undefined
    compareWithKnown(reflecting, listing)
    reflecting.resourceVersion = listing.resourceVersion
    reflecting.lastContact = performance.now()
    continuity.restart()
    report(reflecting, replaceObjects(cache, listing.objects))
    observer.onList({ reason, seconds: (performance.now() - startedAt) / 1000, objects: listing.objects.length })
    reflecting.isJustListed = true
    reflecting.hasListed = true
    reflecting.refusal = undefined
    setSynced(reflecting, true)
    selfCheck.restart()
    return undefined
  } catch (error) {
    return { how: 'failed', error, progress: NO_PROGRESS }
  }
}

/** What a self-check compares with. */
async function listAgain<T extends Listed>(
  reflecting: Reflecting<T>,
  signal: AbortSignal,
): Promise<Listing<T> | undefined> {
  const startedAt = performance.now()
  const listing = await listInHistory(reflecting, signal)
  const seconds = (performance.now() - startedAt) / 1000
  if (listing) reflecting.observer.onList({ reason: 'self-check', seconds, objects: listing.objects.length })
  return listing
}

/** Watches from where the last watch ended; undefined where that place turns out to be none. */
async function goOn<T extends Listed>(reflecting: Reflecting<T>): Promise<Ending | undefined> {
  const { continuity } = reflecting
  const session = new AbortController()
  reflecting.session = session
  if (continuity.isBroken()) return { how: 'gap', progress: NO_PROGRESS }
  continuity.begin()
  try {
    if (!reflecting.isJustListed) await confirmPlace(reflecting)
    if (reflecting.resourceVersion === undefined) return undefined
    reflecting.isJustListed = false
    return await watch(reflecting, session)
  } catch (error) {
    return { how: 'failed', error, progress: NO_PROGRESS }
  } finally {
    continuity.end()
  }
}

function watch<T extends Listed>(reflecting: Reflecting<T>, session: AbortController): Promise<Ending> {
  const { collection, timings, resourceVersion = '' } = reflecting
  const onOpen = () => {
    reflecting.refusal = undefined
    setSynced(reflecting, true)
  }
  const onBytes = () => {
    reflecting.lastContact = performance.now()
  }
  const onEvent = (event: WatchEvent) => takeEvent(reflecting, event)
  return followWatch({ ...collection, timings, resourceVersion, onOpen, onBytes, onEvent }, session)
}

/** Ends early, without an error, when nobody waits any more. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (milliseconds > 0) await setTimeout(milliseconds, undefined, { signal }).catch(() => undefined)
}
