import type { ApiClient } from '../kube/api/api-client.ts'
import { mayHaveOneMore } from '../kube/queue/queue.ts'
import { createRotation } from '../kube/queue/rotation.ts'
import { createEventWriter, type RecordedEvent } from './event-writer.ts'

/** Writes Events (`events.k8s.io/v1`), as a help for people: none is worth an error, nor worth waiting for. */
export interface EventRecorder {
  /** Writes the Event soon, after those of its namespace that were recorded before it; drops it where that has too many. */
  readonly record: (event: RecordedEvent) => void
  /** Resolves when what was recorded so far has been written, or given up. Ends the recorder where that takes long. */
  readonly flush: () => Promise<void>
}

export interface EventRecorderOptions {
  readonly client: ApiClient
  /** Which of the replicas. */
  readonly instance: string
  /** Told of each Event that could not be written. */
  readonly onError: (error: unknown) => void
  readonly flushMilliseconds?: number
}

/** What waits while the API server is slow or does not answer; one namespace alone has at most three quarters of it. */
const WAITING_MAX = 4096
/** Few, for Events must not keep connections from the calls that endpoints wait for; two, for a namespace may be slow to answer. */
const WRITING_MAX = 2
const FLUSH_MILLISECONDS = 3_000
/** Where much happens at once, endpoints come first. */
const PACE = { calmMilliseconds: 500, longestMilliseconds: 5_000 }

export function createEventRecorder(options: EventRecorderOptions): EventRecorder {
  const { client, instance, onError, flushMilliseconds = FLUSH_MILLISECONDS } = options
  const allows = createSpamFilter()
  const end = new AbortController()
  const write = createEventWriter({ client, instance, signal: end.signal })
  const waiting = createRotation<RecordedEvent, number>()
  // By namespace, of which each has one at a time: a repetition comes after its first.
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
      // A copy: whoever records the same object twice means two Events.
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
    // Set anew, so that the first key of the map is the one that was not used for longest.
    buckets.delete(uid)
    buckets.set(uid, { tokens: refilled < 1 ? refilled : refilled - 1, since: now })
    const [oldest] = buckets.keys()
    if (buckets.size > OBJECTS_MAX && oldest !== undefined) buckets.delete(oldest)
    return refilled >= 1
  }
}

/** Something that is done as soon as nobody has asked for it for a while, however often they ask. */
export interface WhenCalm {
  readonly ask: () => void
  /** Does it now, and no more. */
  readonly now: () => void
}

interface Pace {
  readonly calmMilliseconds: number
  /** After the first who asked it is done in any case. */
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
