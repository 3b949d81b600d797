import { ApiError } from '../api/api-error.ts'
import { cacheKeyOf, deleteObject, type Listed, setObject } from './cache.ts'
import type { WatchEvent } from './event-reader.ts'
import { GarbledError } from './garbled-error.ts'
import { type Reflecting, report } from './reflecting.ts'

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
