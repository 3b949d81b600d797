import { randomBytes } from 'node:crypto'
import type { ApiClient } from '../kube/api/api-client.ts'
import { ApiError } from '../kube/api/api-error.ts'
import { microTimeOf } from '../kube/lease/lease-calls.ts'

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

// Limits of the API, in bytes (`ValidateEventCreate` in k8s.io/kubernetes/pkg/apis/core/validation/events.go).
const NOTE_BYTES_MAX = 1024
const INSTANCE_BYTES_MAX = 128
/** Leaves a name of 253 room for the time and what makes it unique. */
const NAME_PREFIX_MAX = 230

/** The Event of `events.k8s.io/v1` that says so at `now` (milliseconds since 1970). */
function eventObject({ regarding, type, reason, note, action }: RecordedEvent, instance: string, now: number) {
  // A label of a name must end in a letter or digit.
  const prefix = regarding.name.slice(0, NAME_PREFIX_MAX).replace(/[-.]+$/, '')
  const name = `${prefix}.${now.toString(16)}${randomBytes(4).toString('hex')}`
  return {
    apiVersion: 'events.k8s.io/v1',
    kind: 'Event',
    metadata: { name, namespace: regarding.namespace },
    eventTime: microTimeOf(new Date(now)),
    reportingController: 'buildkit-controller',
    reportingInstance: instance.slice(0, INSTANCE_BYTES_MAX),
    type,
    reason,
    note: cut(note),
    action,
    regarding,
  }
}

function cut(note: string): string {
  const bytes = Buffer.from(note)
  if (bytes.length <= NOTE_BYTES_MAX) return note
  const ellipsis = '…'
  const room = bytes.subarray(0, NOTE_BYTES_MAX - Buffer.byteLength(ellipsis))
  // With `stream`, what is left of a character at the end is no character.
  return `${new TextDecoder().decode(room, { stream: true })}${ellipsis}`
}

/** What an Event speaks of. */
export interface Regarding {
  readonly apiVersion: string
  readonly kind: string
  readonly namespace: string
  readonly name: string
  readonly uid: string
}

export interface RecordedEvent {
  readonly regarding: Regarding
  readonly type: 'Normal' | 'Warning'
  /** One CamelCase word. */
  readonly reason: string
  readonly note: string
  /** What the controller did, in one CamelCase word. */
  readonly action: string
}
