import type { ApiClient } from '../kube/api/api-client.ts'
import { mayHaveOneMore } from '../kube/queue/queue.ts'
import { createRotation } from '../kube/queue/rotation.ts'
import { createEventWriter, type RecordedEvent } from './event-writer.ts'

/** Writes Events (`events.k8s.io/v1`) for people: a lost Event is not an error, and nothing waits for one. */
export interface EventRecorder {
  /** Writes the Event soon, in order within its namespace; drops it if the namespace has too many. */
  readonly record: (event: RecordedEvent) => void
  /** Resolves when everything recorded so far has been written or dropped. Ends the recorder if that takes long. */
  readonly flush: () => Promise<void>
}

export interface EventRecorderOptions {
  readonly client: ApiClient
  /** Names the replica. */
  readonly instance: string
  /** Called for each Event that could not be written. */
  readonly onError: (error: unknown) => void
  readonly flushMilliseconds?: number
}

/** The queue while the API server is slow or does not answer; one namespace alone has at most three quarters of it. */
const WAITING_MAX = 4096
/** Few, because calls for endpoints need the connections; two, because one namespace may be slow to answer. */
const WRITING_MAX = 2
const FLUSH_MILLISECONDS = 3_000
/** When much happens at once, endpoints come first. */
const PACE = { calmMilliseconds: 500, longestMilliseconds: 5_000 }

export function createEventRecorder(options: EventRecorderOptions): EventRecorder {
  const { client, instance, onError, flushMilliseconds = FLUSH_MILLISECONDS } = options
  const allows = createSpamFilter()
  const end = new AbortController()
  const write = createEventWriter({ client, instance, signal: end.signal })
  const waiting = createRotation<RecordedEvent, number>()
  // By namespace, one at a time each: a repetition must follow its original.
  const writing = new Map<string, Promise<void>>()
  const writeSoon = whenCalm(writeWaiting, PACE)

  function writeWaiting(): void {
    while (writing.size < WRITING_MAX) {
      const next = waiting.take((namespace) => !writing.has(namespace))
      if (!next) return
      writing.set(next.group, writeOne(next.key, next.value))
    }
  }

  async function writeOne(event: RecordedEvent, now: number): Promise<void> {
    try {
      await write(event, now)
    } catch (error) {
      if (!end.signal.aborted) onError(error)
    }
    writing.delete(event.regarding.namespace)
    writeWaiting()
  }

  return {
    record: (event) => {
      const { namespace, uid } = event.regarding
      const room = { used: waiting.sizeOf(namespace), free: WAITING_MAX - waiting.size() }
      if (!(mayHaveOneMore(room) && allows(uid, performance.now()))) return
      // A copy: recording the same object twice means two Events.
      waiting.add(namespace, { ...event }, Date.now())
      writeSoon.ask()
    },
    flush: async () => {
      const timeout = setTimeout(() => {
        waiting.clear()
        end.abort()
      }, flushMilliseconds)
      writeSoon.now()
      while (writing.size > 0) await Promise.all(writing.values())
      clearTimeout(timeout)
    },
  }
}

const BURST = 25
const REFILL_MILLISECONDS = 300_000
const OBJECTS_MAX = 4096

/** Whether an object may have one more Event: 25 at once, then one every five minutes (client-go `tools/record/events_cache.go`). */
export function createSpamFilter(): (uid: string, now: number) => boolean {
  const buckets = new Map<string, { tokens: number; since: number }>()
  return (uid, now) => {
    const { tokens, since } = buckets.get(uid) ?? { tokens: BURST, since: now }
    const refilled = Math.min(BURST, tokens + (now - since) / REFILL_MILLISECONDS)
    // Set again, so that the first key of the map is the least recently used one.
    buckets.delete(uid)
    buckets.set(uid, { tokens: refilled < 1 ? refilled : refilled - 1, since: now })
    const [oldest] = buckets.keys()
    if (buckets.size > OBJECTS_MAX && oldest !== undefined) buckets.delete(oldest)
    return refilled >= 1
  }
}

/** A debounced action: it runs when nobody has asked for it for a while. */
export interface WhenCalm {
  readonly ask: () => void
  /** Runs it now, and cancels what was asked for. */
  readonly now: () => void
}

interface Pace {
  readonly calmMilliseconds: number
  /** After the first request it runs within this time in any case. */
  readonly longestMilliseconds: number
}

export function whenCalm(act: () => void, { calmMilliseconds, longestMilliseconds }: Pace): WhenCalm {
  let timer: NodeJS.Timeout | undefined
  let askedAt: number | undefined
  const now = () => {
    clearTimeout(timer)
    askedAt = undefined
    act()
  }
  return {
    now,
    ask: () => {
      const moment = performance.now()
      askedAt ??= moment
      clearTimeout(timer)
      timer = setTimeout(now, Math.min(calmMilliseconds, Math.max(0, askedAt + longestMilliseconds - moment)))
    },
  }
}
