import { ApiError } from '../api/api-error.ts'
import { cacheKeyOf, deleteObject, type Listed, setObject } from './cache.ts'
import { createTextBytes } from './item-scanner.ts'
import { GarbledError, parseJson, quoted } from './parse-json.ts'
import { type Reflecting, report } from './reflecting.ts'

/** One line of a watch (`metav1.WatchEvent`). */
export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR'
  readonly object: object
}

export interface EventReader {
  /** The events that these bytes complete. Throws a GarbledError where a line is no event: without it the rest means nothing. */
  readonly read: (chunk: Buffer) => Generator<WatchEvent, void>
  /** Whether the bytes so far end within a line. */
  readonly isWithinLine: () => boolean
}

const NEWLINE = 0x0a
const TYPES = ['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK', 'ERROR']

/** Cuts the bytes of a watch at their newlines, and only whole lines become text: a chunk may end within a character. */
export function createEventReader(): EventReader {
  const text = createTextBytes('a line of a watch')
  return {
    read: function* (chunk) {
      let start = 0
      for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
        text.add(chunk.subarray(start, end))
        start = end + 1
        yield parseEvent(text.take())
      }
      text.add(chunk.subarray(start))
    },
    isWithinLine: () => !text.isEmpty(),
  }
}

function parseEvent(line: string): WatchEvent {
  const event = parseJson(line, 'a line of a watch') as Partial<WatchEvent> | null
  if (!TYPES.includes(event?.type ?? ''))
    throw new GarbledError(`\`type\` of an event must be one of ${TYPES.join(', ')}, got ${quoted(line)}`)
  if (typeof event?.object !== 'object' || event.object === null)
    throw new GarbledError(`\`object\` of an event must be an object, got ${quoted(line)}`)
  return event as WatchEvent
}

/** Takes in what a watch says. Throws an ApiError where it says that it cannot go on. */
export function takeEvent<T extends Listed>(reflecting: Reflecting<T>, event: WatchEvent): void {
  const { type, object } = event
  reflecting.observer.onEvent(type)
  if (type === 'ERROR') throw toApiError(object)
  const { resourceVersion } = (object as { readonly metadata?: { readonly resourceVersion?: string } }).metadata ?? {}
  if (!resourceVersion) throw new GarbledError(`an event of type ${type} must have a resourceVersion, got none`)
  if (type !== 'BOOKMARK') takeObject(reflecting, type, object)
  reflecting.resourceVersion = resourceVersion
  reflecting.history.reached(reflecting.resource, resourceVersion)
  reflecting.selfCheck.onReached(resourceVersion)
}

function takeObject<T extends Listed>(
  reflecting: Reflecting<T>,
  type: 'ADDED' | 'MODIFIED' | 'DELETED',
  raw: object,
): void {
  const { collection, cache, selfCheck } = reflecting
  const object = collection.project(raw)
  selfCheck.onTouched(cacheKeyOf(object))
  report(reflecting, type === 'DELETED' ? deleteObject(cache, object) : setObject(cache, object))
}

interface Status {
  readonly code?: number
  readonly reason?: string
  readonly message?: string
}

function toApiError({ code = 500, reason, message = 'unknown' }: Status): ApiError {
  const text = `in a watch: ${[code, reason].filter(Boolean).join(' ')}: ${message}`
  return new ApiError(text, { code, reason, details: undefined, retryAfterSeconds: undefined, isStatus: true })
}
