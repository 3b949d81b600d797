import type { IncomingMessage } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import type { Access, Identity } from './access.ts'
import type { ApiCall, ApiObserver } from './api-call.ts'
import { NotSentError } from './api-error.ts'
import { type Answer, brokenBy, toConnectionError } from './broken-by.ts'
import type { Connections, Lane } from './connections.ts'
import { type Deadline, isIdentityRefused, orAborted, pauseBeforeRetry } from './deadline.ts'
import { exchange } from './exchange.ts'
import { toApiError } from './to-api-error.ts'

/** What every call is sent with. */
export interface Line {
  readonly access: Access
  readonly connections: Connections
  readonly userAgent: string
  readonly observer: ApiObserver | undefined
  /** When an answer of any kind last began, by `performance.now()`. */
  answeredAt: number
}

export interface Sending {
  readonly call: ApiCall
  readonly lane: Lane
  readonly deadline: Deadline
}

/**
 * Sends a call, and again where that may help: with a new identity after a refusal, over a new connection after a stale one, and
 * after the time that the server asks for. Rejects with ApiError, ConnectionError or NotSentError.
 */
export async function sendUntilAnswered(line: Line, sending: Sending): Promise<Answer> {
  const { access, observer } = line
  const { call, deadline } = sending
  const retries = { identity: 0, connection: 0, asked: 0 }
  for (;;) {
    const identity = await orAborted(access.identity(), deadline.signal).catch((error) => {
      throw toConnectionError(error, deadline)
    })
    try {
      return await sendOnce(line, sending, identity)
    } catch (error) {
      if (isIdentityRefused(error)) access.forget(identity)
      const milliseconds = pauseBeforeRetry(error, call, retries)
      // A process that was stopped for a while must not send what nobody waits for any more.
      if (milliseconds === undefined || milliseconds >= deadline.millisecondsLeft()) throw error
      observer?.onRetry({ method: call.method, host: access.server.host })
      await setTimeout(milliseconds, undefined, { signal: deadline.signal }).catch((reason) => {
        throw toConnectionError(reason, deadline)
      })
    }
  }
}

async function sendOnce(line: Line, { call, lane, deadline }: Sending, identity: Identity): Promise<Answer> {
  const { access, connections, userAgent } = line
  const { server } = access
  const { signal, what } = deadline
  const pool = connections.poolFor(lane, identity)
  const attempt = { deadline, connections, pool, sentAt: performance.now() }
  const headers = { 'user-agent': userAgent, ...identity.headers }
  try {
    const response = await observed(line, call, exchange({ server, agent: pool.agent, headers, call, signal }))
    pool.answeredAt = line.answeredAt
    const { statusCode = 0 } = response
    if (statusCode < 200 || statusCode > 299) throw await toApiError(what, response)
    return { response, attempt }
  } catch (error) {
    throw brokenBy(error, attempt)
  }
}

async function observed(line: Line, { method }: ApiCall, answer: Promise<IncomingMessage>): Promise<IncomingMessage> {
  const { access, observer } = line
  const { host } = access.server
  const startedAt = performance.now()
  const seconds = () => (performance.now() - startedAt) / 1000
  try {
    const response = await answer
    line.answeredAt = performance.now()
    observer?.onAnswer({ method, host, code: `${response.statusCode}`, seconds: seconds() })
    return response
  } catch (error) {
    if (!(error instanceof NotSentError)) observer?.onAnswer({ method, host, code: '<error>', seconds: seconds() })
    throw error
  }
}
