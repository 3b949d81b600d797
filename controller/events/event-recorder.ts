import type { ApiClient } from '../api/api-client.ts'
import { ApiError } from '../api/api-error.ts'
import { microTimeOf } from '../lease/lease-record.ts'
import { createSpamFilter } from './spam-filter.ts'

/** What an Event speaks of. */
export interface Regarding {
  readonly apiVersion: string
  readonly kind: string
  readonly namespace: string
  readonly name: string
  readonly uid: string
}

interface RecordedEvent {
  readonly regarding: Regarding
  readonly type: 'Normal' | 'Warning'
  /** One CamelCase word. */
  readonly reason: string
  readonly note: string
  /** What the controller did, in one CamelCase word. */
  readonly action: string
}

/** Writes Events (`events.k8s.io/v1`), as a help for people: none is worth an error, nor worth waiting for. */
export interface EventRecorder {
  readonly record: (event: RecordedEvent) => void
  /** Resolves when what was recorded so far has been written, or given up. */
  readonly flush: () => Promise<void>
}

export interface EventRecorderOptions {
  readonly client: ApiClient
  /** Which of the replicas. */
  readonly instance: string
  readonly onError: (error: unknown) => void
}

const CONTROLLER = 'buildkit-controller'
/** Limits of the API (`EventSeries` and `Event` in k8s.io/api/events/v1). */
const NOTE_LENGTH_MAX = 1024
const SERIES_MILLISECONDS = 600_000
const SERIES_MAX = 4096

/** An Event that was written, and how often the same has happened since. */
interface Series {
  readonly path: string
  count: number
  lastTime: number
}

export function createEventRecorder({ client, instance, onError }: EventRecorderOptions): EventRecorder {
  const allows = createSpamFilter()
  const seriesByContent = new Map<string, Series>()
  const pending = new Set<Promise<void>>()

  async function write(event: RecordedEvent, now: number): Promise<void> {
    const { regarding, reason, note } = event
    const content = JSON.stringify([regarding.uid, reason, note])
    const series = seriesByContent.get(content)
    if (series && now - series.lastTime < SERIES_MILLISECONDS) return repeat(client, series, now)
    const path = `/apis/events.k8s.io/v1/namespaces/${regarding.namespace}/events`
    const name = `${regarding.name.slice(0, 230)}.${now.toString(16)}${Math.floor(Math.random() * 0x1000).toString(16)}`
    if (seriesByContent.size >= SERIES_MAX) seriesByContent.clear()
    seriesByContent.set(content, { path: `${path}/${name}`, count: 1, lastTime: now })
    await client.request({ method: 'POST', path, body: eventObject(event, { name, instance, now }) })
  }

  return {
    record: (event) => {
      if (!allows(event.regarding.uid, performance.now())) return
      const written = write(event, Date.now())
        .catch(onError)
        .finally(() => pending.delete(written))
      pending.add(written)
    },
    flush: async () => {
      await Promise.all(pending)
    },
  }
}

/** The same once more: client-go turns it into a series, and so do we. */
async function repeat(client: ApiClient, series: Series, now: number): Promise<void> {
  series.count += 1
  series.lastTime = now
  const body = { series: { count: series.count, lastObservedTime: microTimeOf(new Date(now)) } }
  try {
    await client.request({ method: 'PATCH', path: series.path, body })
  } catch (error) {
    // Events live for an hour, or as long as the cluster says.
    if (!(error instanceof ApiError) || error.code !== 404) throw error
  }
}

interface Writing {
  readonly name: string
  readonly instance: string
  readonly now: number
}

function eventObject({ regarding, type, reason, note, action }: RecordedEvent, { name, instance, now }: Writing) {
  return {
    apiVersion: 'events.k8s.io/v1',
    kind: 'Event',
    metadata: { name, namespace: regarding.namespace },
    eventTime: microTimeOf(new Date(now)),
    reportingController: CONTROLLER,
    reportingInstance: instance.slice(0, 128),
    type,
    reason,
    note: note.length <= NOTE_LENGTH_MAX ? note : `${note.slice(0, NOTE_LENGTH_MAX - 3)}…`,
    action,
    regarding,
  }
}
