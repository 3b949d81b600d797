import type { ApiClient } from '../kube/api/api-client.ts'
import { ApiError } from '../kube/api/api-error.ts'
import { microTimeOf } from '../kube/lease/lease-record.ts'
import { eventObject } from './event-object.ts'
import type { RecordedEvent } from './recorded-event.ts'

interface EventWriterOptions {
  readonly client: ApiClient
  /** Which of the replicas. */
  readonly instance: string
  readonly signal: AbortSignal
}

/** An Event that was written, and how often the same has happened since. */
interface Series {
  readonly path: string
  readonly count: number
  readonly lastTime: number
}

const DEADLINE_MILLISECONDS = 5_000
const SERIES_MILLISECONDS = 600_000
const SERIES_MAX = 4096

/**
 * Creates Events, and patches the count and the time into one that says the same of the same object within ten minutes (EventSeries,
 * as in client-go `tools/events`). To be called once at a time for a namespace; rejects where an Event could not be written.
 */
export function createEventWriter({ client, instance, signal }: EventWriterOptions) {
  const seriesByContent = new Map<string, Series>()
  const options = { deadlineMilliseconds: DEADLINE_MILLISECONDS, signal }

  async function create(event: RecordedEvent, now: number): Promise<Series> {
    const path = `/apis/events.k8s.io/v1/namespaces/${event.regarding.namespace}/events`
    const body = eventObject(event, instance, now)
    await client.request({ method: 'POST', path, body, ...options })
    return { path: `${path}/${body.metadata.name}`, count: 1, lastTime: now }
  }

  /** Undefined where the Event is gone: a cluster keeps them for an hour, or for as long as it likes. */
  async function repeat({ path, count }: Series, now: number): Promise<Series | undefined> {
    const repeated = { path, count: count + 1, lastTime: now }
    const body = { series: { count: repeated.count, lastObservedTime: microTimeOf(new Date(now)) } }
    try {
      await client.request({ method: 'PATCH', path, body, ...options })
      return repeated
    } catch (error) {
      if (error instanceof ApiError && error.code === 404) return undefined
      throw error
    }
  }

  return async (event: RecordedEvent, now: number): Promise<void> => {
    const content = JSON.stringify([event.regarding.uid, event.reason, event.note])
    const known = seriesByContent.get(content)
    const isSeries = known && now - known.lastTime < SERIES_MILLISECONDS
    const series = (isSeries && (await repeat(known, now))) || (await create(event, now))
    // Set anew, so that the first key of the map is the one that was not used for longest.
    seriesByContent.delete(content)
    seriesByContent.set(content, series)
    const [oldest] = seriesByContent.keys()
    if (seriesByContent.size > SERIES_MAX && oldest !== undefined) seriesByContent.delete(oldest)
  }
}
