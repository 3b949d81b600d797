import type { IncomingMessage } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import type { Access, Identity } from './access.ts'
import type { ApiCall } from './api-call.ts'
import { ApiError, ConnectionError } from './api-error.ts'
import type { ApiObserver } from './api-observer.ts'
import type { Connections, Lane } from './connections.ts'
import type { Deadline } from './deadline.ts'
import { exchange } from './exchange.ts'
import { orAborted } from './or-aborted.ts'
import { isIdentityRefused, pauseBeforeRetry } from './pause-before-retry.ts'
import { toApiError } from './to-api-error.ts'

/** What calls are sent with. */
export interface Transport {
  readonly access: Access
  readonly connections: Connections
  readonly userAgent: string
  readonly observer: ApiObserver | undefined
  /** `performance.now()` of the last answer. */
  answeredAt: number
}

/** One call and where it goes. */
export interface Sending {
  readonly call: ApiCall
  readonly lane: Lane
  readonly deadline: Deadline
}

/** The 2xx answer to a call, its body still to come; sent again where that is safe and helps. Rejects with the last error. */
export async function sendUntilAnswered(transport: Transport, sending: Sending): Promise<IncomingMessage> {
  const { call, deadline } = sending
  const retries = { identity: 0, connection: 0, asked: 0 }
  for (;;) {
    const identity = await identityOf(transport, deadline.signal)
    try {
      return await send(transport, sending, identity)
    } catch (error) {
      if (isIdentityRefused(error)) transport.access.forget(identity)
      if (error instanceof ConnectionError && error.failure === 'stale') transport.connections.retire()
      const pause = pauseBeforeRetry(error, call, retries)
      if (pause === undefined || pause >= deadline.millisecondsLeft()) throw error
      await orAborted(setTimeout(pause), deadline.signal)
      transport.observer?.onRetry({ method: call.method, host: transport.access.server.host })
    }
  }
}

async function identityOf({ access }: Transport, signal: AbortSignal): Promise<Identity> {
  try {
    return await orAborted(access.identity(), signal)
  } catch (cause) {
    if (cause instanceof ConnectionError) throw cause
    throw new ConnectionError(`credentials: ${(cause as Error).message}`, { cause })
  }
}

async function send(
  transport: Transport,
  { call, lane, deadline }: Sending,
  identity: Identity,
): Promise<IncomingMessage> {
  const { access, connections, userAgent, observer } = transport
  const { server } = access
  const { method, path } = call
  const pool = connections.poolFor(lane, identity)
  const headers = { 'user-agent': userAgent, ...identity.headers }
  const since = performance.now()
  const seconds = () => (performance.now() - since) / 1000
  try {
    const response = await exchange({ server, agent: pool.agent, headers, call, signal: deadline.signal })
    pool.answeredAt = performance.now()
    transport.answeredAt = pool.answeredAt
    const code = response.statusCode ?? 0
    observer?.onAnswer({ method, host: server.host, code: String(code), seconds: seconds() })
    if (code >= 200 && code < 300) return response
    throw await toApiError(`${method} ${path.split('?')[0]}`, response)
  } catch (error) {
    if (error instanceof ApiError) throw error
    observer?.onAnswer({ method, host: server.host, code: '<error>', seconds: seconds() })
    if (hasTimedOut(error)) connections.distrust(pool, since)
    throw error
  }
}

function hasTimedOut(error: unknown): boolean {
  if (!(error instanceof ConnectionError)) return false
  return error.failure === 'deadline' || (error.cause as NodeJS.ErrnoException | undefined)?.code === 'ETIMEDOUT'
}
