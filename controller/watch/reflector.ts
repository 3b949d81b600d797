import { setTimeout } from 'node:timers/promises'
import { ApiError } from '../api/api-error.ts'
import { type BackOff, createBackOff } from './back-off.ts'
import { type Change, type Listed, replaceObjects } from './cache.ts'
import { type Ending, followWatch } from './follow-watch.ts'
import { type Collection, listAll } from './list-all.ts'
import { type Reflecting, report } from './reflecting.ts'
import type { ReflectorObserver } from './reflector-observer.ts'
import { selfCheck } from './self-check.ts'
import { type ReflectorTimings, TIMINGS } from './timings.ts'
import { type Verdict, verdictOn } from './verdict.ts'

/** Keeps up with a collection, whatever happens to the connection; after client-go's `tools/cache/reflector.go`. */
export interface Reflector {
  /** Lists and watches until aborted; never rejects. */
  readonly run: (signal: AbortSignal) => Promise<void>
  /** Whether a list has completed, and the API server has not refused the collection since. */
  readonly isSynced: () => boolean
  /** When the collection was last heard of, by `performance.now()`. */
  readonly lastContact: () => number
}

export interface ReflectorOptions<T extends Listed> extends Collection<T> {
  readonly onChange: (change: Change<T>) => void
  readonly observer: ReflectorObserver
  readonly timings?: Partial<ReflectorTimings>
}

const VERY_SHORT_WATCHES_MAX = 3

export function createReflector<T extends Listed>(options: ReflectorOptions<T>): Reflector {
  const reflecting: Reflecting<T> = {
    ...options,
    timings: { ...TIMINGS, ...options.timings },
    cache: new Map(),
    resourceVersion: undefined,
    lastContact: Number.NEGATIVE_INFINITY,
    touched: undefined,
    isSynced: false,
  }
  return {
    run: async (signal) => {
      await Promise.all([listAndWatch(reflecting, signal), checkFromTimeToTime(reflecting, signal)])
    },
    isSynced: () => reflecting.isSynced,
    lastContact: () => reflecting.lastContact,
  }
}

async function listAndWatch<T extends Listed>(reflecting: Reflecting<T>, signal: AbortSignal): Promise<void> {
  const { firstBackOff: firstMilliseconds, longestBackOff: longestMilliseconds } = reflecting.timings
  const backOff = createBackOff({ firstMilliseconds, longestMilliseconds })
  let veryShort = 0
  while (!signal.aborted) {
    const contact = reflecting.lastContact
    try {
      if (reflecting.resourceVersion === undefined) await list(reflecting, signal)
      const ending = await followWatch(reflecting, signal)
      reflecting.observer.onRestart(ending.reason)
      veryShort = isVeryShort(reflecting, ending) ? veryShort + 1 : 0
      if (veryShort === 0) backOff.reset()
      else await pause(backOff.next(), signal)
      // An API server that ends each watch at once has forgotten our place without saying so (kubernetes/kubernetes#104171).
      if (veryShort >= VERY_SHORT_WATCHES_MAX) reflecting.resourceVersion = undefined
    } catch (error) {
      if (signal.aborted) return
      if (reflecting.lastContact !== contact) backOff.reset()
      await pause(recover(reflecting, error, backOff), signal)
    }
  }
}

async function list<T extends Listed>(reflecting: Reflecting<T>, signal: AbortSignal): Promise<void> {
  const start = performance.now()
  const { objects, resourceVersion } = await listAll(reflecting, signal)
  reflecting.lastContact = performance.now()
  reflecting.resourceVersion = resourceVersion
  report(reflecting, replaceObjects(reflecting.cache, objects))
  reflecting.observer.onList({ seconds: (performance.now() - start) / 1000, objects: objects.length })
  setSynced(reflecting, true)
}

function isVeryShort<T extends Listed>({ timings }: Reflecting<T>, { reason, events, milliseconds }: Ending): boolean {
  return reason === 'clean' && events === 0 && milliseconds < timings.healthy
}

/** Draws the conclusion from an error; how many milliseconds to wait then. */
function recover<T extends Listed>(reflecting: Reflecting<T>, error: unknown, backOff: BackOff): number {
  const verdict: Verdict = verdictOn(error)
  if (verdict.mustRelist) reflecting.resourceVersion = undefined
  if (verdict.isRefused) setSynced(reflecting, false)
  const isFirst = verdict.isImmediate && backOff.isFresh()
  const milliseconds = Math.max(backOff.next(), retryAfterMilliseconds(error))
  const wait = isFirst ? 0 : milliseconds
  reflecting.observer.onRestart(verdict.reason)
  reflecting.observer.onError(error, wait)
  return wait
}

function retryAfterMilliseconds(error: unknown): number {
  return error instanceof ApiError ? (error.retryAfterSeconds ?? 0) * 1000 : 0
}

function setSynced<T extends Listed>(reflecting: Reflecting<T>, isSynced: boolean): void {
  if (reflecting.isSynced === isSynced) return
  reflecting.isSynced = isSynced
  reflecting.observer.onSynced(isSynced)
}

/** A watch that loses events without an error is found out by comparing; what it has lost is listed anew. */
async function checkFromTimeToTime<T extends Listed>(reflecting: Reflecting<T>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await pause(reflecting.timings.selfCheck * (0.8 + Math.random() * 0.4), signal)
    try {
      const divergent = await selfCheck(reflecting, signal)
      reflecting.observer.onDivergence(divergent)
      if (divergent > 0) await list(reflecting, signal)
    } catch (error) {
      if (!signal.aborted) reflecting.observer.onError(error, reflecting.timings.selfCheck)
    }
  }
}

/** Ends early, without an error, when nobody waits any more. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await setTimeout(milliseconds, undefined, { signal }).catch(() => undefined)
}
