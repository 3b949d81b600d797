import { setTimeout } from 'node:timers/promises'
import { createBackOff } from './back-off.ts'
import { type Cache, type Change, type Listed, replaceObjects } from './cache.ts'
import { type Ending, NO_PROGRESS } from './ending.ts'
import { followWatch, type Interruption } from './follow-watch.ts'
import { type Collection, type Listing, listAll } from './list-all.ts'
import { obey } from './obey.ts'
import { type Reflecting, report, setSynced } from './reflecting.ts'
import type { ReflectorObserver } from './reflector-observer.ts'
import { createSelfCheck } from './self-check.ts'
import { takeEvent } from './take-event.ts'
import { type ReflectorTimings, TIMINGS } from './timings.ts'
import { toListed } from './to-listed.ts'
import { verdictOn } from './verdict.ts'

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
  /** When a list was last complete or a byte of a watch came, by `performance.now()`; -Infinity for never. */
  readonly lastContact: () => number
}

export interface ReflectorOptions<T extends Listed> extends Collection<T> {
  readonly onChange: (change: Change<T>) => void
  readonly observer: ReflectorObserver
  readonly timings?: Partial<ReflectorTimings>
}

export function createReflector<T extends Listed>(options: ReflectorOptions<T>): Reflector {
  const reflecting = startReflecting(options)
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
    lastContact: () => reflecting.lastContact,
  }
}

function startReflecting<T extends Listed>(options: ReflectorOptions<T>): Reflecting<T> {
  const timings = { ...TIMINGS, ...options.timings }
  const cache: Cache<T> = new Map()
  const reflecting: Reflecting<T> = {
    collection: options,
    onChange: options.onChange,
    observer: options.observer,
    timings,
    cache,
    selfCheck: createSelfCheck({
      cache,
      list: (signal) => listAgain(reflecting, signal),
      periodMilliseconds: timings.selfCheckMilliseconds,
      onCompared: (divergent) => {
        options.observer.onDivergence(divergent)
        if (divergent > 0) reflecting.session.abort('diverged' satisfies Interruption)
      },
      onError: (error) => options.observer.onError(error, 0),
    }),
    backOff: createBackOff(timings),
    relistBackOff: createBackOff(timings),
    resourceVersion: undefined,
    listReason: 'start',
    isSynced: false,
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
    const ending = reflecting.resourceVersion === undefined ? await list(reflecting, signal) : await watch(reflecting)
    if (signal.aborted || ending === undefined) continue
    const verdict = verdictOn(ending, { doubts: reflecting.doubts, ...reflecting.timings })
    await pause(obey(reflecting, verdict, ending), signal)
  }
}

/** Undefined where all went well. */
async function list<T extends Listed>(reflecting: Reflecting<T>, signal: AbortSignal): Promise<Ending | undefined> {
  const { collection, cache, observer, timings, selfCheck, listReason: reason } = reflecting
  const startedAt = performance.now()
  try {
    const { objects, resourceVersion } = await listAll(collection, { ...timings, signal })
    reflecting.resourceVersion = resourceVersion
    reflecting.lastContact = performance.now()
    report(reflecting, replaceObjects(cache, objects))
    observer.onList({ reason, seconds: (performance.now() - startedAt) / 1000, objects: objects.length })
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
async function listAgain<T extends Listed>(reflecting: Reflecting<T>, signal: AbortSignal): Promise<Listing<Listed>> {
  const { collection, observer, timings } = reflecting
  const startedAt = performance.now()
  const listing = await listAll({ ...collection, project: toListed }, { ...timings, signal })
  const seconds = (performance.now() - startedAt) / 1000
  observer.onList({ reason: 'self-check', seconds, objects: listing.objects.length })
  return listing
}

function watch<T extends Listed>(reflecting: Reflecting<T>): Promise<Ending> {
  const { collection, timings, resourceVersion = '' } = reflecting
  reflecting.session = new AbortController()
  return followWatch(
    {
      ...collection,
      timings,
      resourceVersion,
      onOpen: () => {
        reflecting.refusal = undefined
        setSynced(reflecting, true)
      },
      onBytes: () => {
        reflecting.lastContact = performance.now()
      },
      onEvent: (event) => takeEvent(reflecting, event),
    },
    reflecting.session,
  )
}

/** Ends early, without an error, when nobody waits any more. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (milliseconds > 0) await setTimeout(milliseconds, undefined, { signal }).catch(() => undefined)
}
