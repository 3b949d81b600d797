import type { ApiClient } from '../kube/api/api-client.ts'
import { createRotation } from '../kube/queue/rotation.ts'
import { mayHaveOneMore } from '../kube/queue/share.ts'
import { createEventWriter } from './event-writer.ts'
import type { RecordedEvent } from './recorded-event.ts'
import { createSpamFilter } from './spam-filter.ts'
import { whenCalm } from './when-calm.ts'

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
