import { addAbortSignal, type Readable } from 'node:stream'
import type { ApiClient } from '../api/api-client.ts'
import { ApiError, ConnectionError } from '../api/api-error.ts'
import { createEventReader, type WatchEvent } from './event-reader.ts'
import type { ReflectorTimings } from './reflecting.ts'
import type { Ending, Interruption, Progress } from './verdict.ts'

/** A watch that is wanted, and who is told of it. */
export interface Watch {
  readonly client: ApiClient
  readonly path: string
  /** `labelSelector=…`, encoded. */
  readonly query?: string | undefined
  readonly resourceVersion: string
  readonly timings: ReflectorTimings
  /** Told that the API server takes the watch. */
  readonly onOpen: () => void
  readonly onBytes: () => void
  /** Told each line. Throws what ends the watch. */
  readonly onEvent: (event: WatchEvent) => void
}

/** One watch from its request to its end. `session` ends it early, with an Interruption as its reason. */
export async function followWatch(watch: Watch, session: AbortController): Promise<Ending> {
  let openedAt: number | undefined
  const counts = { lines: 0, events: 0 }
  const progress = (): Progress => ({
    isOpen: openedAt !== undefined,
    ...counts,
    milliseconds: performance.now() - (openedAt ?? performance.now()),
  })
  try {
    const lifetime = watch.timings.lifetimeMilliseconds * (1 + Math.random())
    const stream = await watch.client.openWatch(pathOf(watch, lifetime), session.signal)
    openedAt = performance.now()
    watch.onOpen()
    await readEvents({ ...watch, stream: addAbortSignal(session.signal, stream), lifetime, counts }, session)
    return session.signal.aborted ? interrupted(session, progress()) : { how: 'ended', progress: progress() }
  } catch (error) {
    if (session.signal.aborted) return interrupted(session, progress())
    const isReported = openedAt !== undefined && error instanceof ApiError
    return { how: isReported ? 'reported' : 'failed', error, progress: progress() }
  }
}

function interrupted({ signal }: AbortController, progress: Progress): Ending {
  return { how: signal.reason as Interruption, progress }
}

function pathOf({ path, query, resourceVersion }: Watch, lifetimeMilliseconds: number): string {
  const parameters = new URLSearchParams(query)
  parameters.set('watch', 'true')
  parameters.set('allowWatchBookmarks', 'true')
  parameters.set('resourceVersion', resourceVersion)
  parameters.set('timeoutSeconds', `${Math.ceil(lifetimeMilliseconds / 1000)}`)
  return `${path}?${parameters}`
}

interface OpenWatch extends Watch {
  readonly stream: Readable
  readonly lifetime: number
  readonly counts: { lines: number; events: number }
}

async function readEvents(watch: OpenWatch, session: AbortController): Promise<void> {
  const { stream, lifetime, counts, timings, onBytes, onEvent } = watch
  const interrupt = (why: Interruption) => session.abort(why)
  const idle = setTimeout(interrupt, timings.idleMilliseconds, 'silent')
  const overdue = setTimeout(interrupt, lifetime + timings.overtimeMilliseconds, 'overdue')
  const reader = createEventReader()
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      idle.refresh()
      onBytes()
      for (const event of reader.read(chunk)) {
        onEvent(event)
        counts.lines += 1
        counts.events += event.type === 'BOOKMARK' ? 0 : 1
      }
    }
    // Nothing is lost: the event comes again from the resourceVersion before it.
    if (reader.isWithinLine()) throw new ConnectionError('the watch ended within a line')
  } finally {
    clearTimeout(idle)
    clearTimeout(overdue)
  }
}
