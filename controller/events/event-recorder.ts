import type { ApiClient } from '../api/api-client.ts'
import { createEventWriter } from './event-writer.ts'
import type { RecordedEvent } from './recorded-event.ts'
import { createSpamFilter } from './spam-filter.ts'

/** Writes Events (`events.k8s.io/v1`), as a help for people: none is worth an error, nor worth waiting for. */
export interface EventRecorder {
  /** Writes the Event soon, after those that were recorded before it; drops it where there are too many. */
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

/** What waits while the API server is slow or does not answer. */
const WAITING_MAX = 4096
const FLUSH_MILLISECONDS = 3_000

export function createEventRecorder(options: EventRecorderOptions): EventRecorder {
  const { client, instance, onError, flushMilliseconds = FLUSH_MILLISECONDS } = options
  const allows = createSpamFilter()
  const end = new AbortController()
  const write = createEventWriter({ client, instance, signal: end.signal })
  let waiting = 0
  // One at a time: Events must not keep connections from the calls that endpoints wait for, and a repetition comes after its first.
  let last = Promise.resolve()

  async function writeUnlessOver(event: RecordedEvent, now: number): Promise<void> {
    try {
      if (!end.signal.aborted) await write(event, now)
    } catch (error) {
      if (!end.signal.aborted) onError(error)
    } finally {
      waiting -= 1
    }
  }

  return {
    record: (event) => {
      if (waiting >= WAITING_MAX || !allows(event.regarding.uid, performance.now())) return
      waiting += 1
      const now = Date.now()
      last = last.then(() => writeUnlessOver(event, now))
    },
    flush: async () => {
      const timeout = setTimeout(() => end.abort(), flushMilliseconds)
      await last
      clearTimeout(timeout)
    },
  }
}
