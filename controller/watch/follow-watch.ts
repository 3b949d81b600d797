import type { Readable } from 'node:stream'
import { ApiError } from '../api/api-error.ts'
import { type Change, cacheKeyOf, deleteObject, type Listed, setObject } from './cache.ts'
import { type Reflecting, report } from './reflecting.ts'
import { StreamError } from './verdict.ts'
import { type WatchEvent, watchEvents } from './watch-events.ts'

/** How a watch went that ended without an error. */
export interface Ending {
  /** `clean`: the API server ended it, as it was asked to; `idle`, `overdue`: we did; `aborted`: nobody wants it any more. */
  readonly reason: 'clean' | 'idle' | 'overdue' | 'aborted'
  readonly events: number
  readonly milliseconds: number
}

interface Status {
  readonly code?: number
  readonly reason?: string
  readonly message?: string
}

/** Takes in what one watch says from `resourceVersion` on, until it ends. Rejects where it ends by an error. */
export async function followWatch<T extends Listed>(reflecting: Reflecting<T>, signal: AbortSignal): Promise<Ending> {
  const { client, path, query, timings } = reflecting
  const start = performance.now()
  const lifetime = timings.watchLifetime * (1 + Math.random())
  const parameters = new URLSearchParams(query)
  parameters.set('watch', 'true')
  parameters.set('allowWatchBookmarks', 'true')
  parameters.set('timeoutSeconds', String(Math.ceil(lifetime / 1000)))
  parameters.set('resourceVersion', reflecting.resourceVersion ?? '')
  const stream = await client.openWatch(`${path}?${parameters}`, signal)
  let reason: Ending['reason'] = 'clean'
  const end = (why: Ending['reason']) => {
    reason = why
    stream.destroy()
  }
  const overdue = setTimeout(end, lifetime + timings.watchOvertime, 'overdue')
  const idle = setTimeout(end, timings.idle, 'idle')
  const onBytes = () => {
    idle.refresh()
    reflecting.lastContact = performance.now()
  }
  let events = 0
  try {
    for await (const event of watchEvents(heard(stream, onBytes))) {
      takeEvent(reflecting, event)
      events += 1
    }
  } catch (error) {
    if (reason === 'clean' && !signal.aborted) throw error
  } finally {
    clearTimeout(overdue)
    clearTimeout(idle)
    stream.destroy()
  }
  return { reason: signal.aborted ? 'aborted' : reason, events, milliseconds: performance.now() - start }
}

async function* heard(stream: Readable, onBytes: () => void): AsyncGenerator<Buffer, void> {
  for await (const chunk of stream) {
    onBytes()
    yield chunk as Buffer
  }
}

function takeEvent<T extends Listed>(reflecting: Reflecting<T>, { type, object }: WatchEvent): void {
  reflecting.observer.onEvent(type)
  if (type === 'ERROR') throw errorIn(object as Status)
  const { resourceVersion } = (object as { readonly metadata?: Partial<Listed> }).metadata ?? {}
  if (!resourceVersion) throw new StreamError(`an event of type ${type} without a resourceVersion`)
  if (type !== 'BOOKMARK') takeObject(reflecting, type, reflecting.project(object))
  reflecting.resourceVersion = resourceVersion
}

function takeObject<T extends Listed>(reflecting: Reflecting<T>, type: WatchEvent['type'], object: T): void {
  const { cache, touched } = reflecting
  touched?.add(cacheKeyOf(object))
  const changes: readonly Change<T>[] = type === 'DELETED' ? deleteObject(cache, object) : setObject(cache, object)
  report(reflecting, changes)
}

function errorIn({ code = 500, reason, message = 'an error in the stream' }: Status): Error {
  if (code !== 410 && reason !== 'Expired') return new StreamError(`${code} ${reason}: ${message}`)
  const details = undefined
  return new ApiError(message, { code, reason, details, retryAfterSeconds: undefined, isStatus: true })
}
