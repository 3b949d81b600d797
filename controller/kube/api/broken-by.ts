import type { IncomingMessage } from 'node:http'
import { ApiError, ConnectionError, NotSentError } from './api-error.ts'
import type { Connections, Pool } from './connections.ts'
import type { Deadline } from './deadline.ts'

/** A call in progress. */
export interface Attempt {
  readonly deadline: Deadline
  readonly connections: Connections
  readonly pool: Pool
  /** By `performance.now()`. */
  readonly sentAt: number
}

/** A 2xx answer whose body is not read yet, and its attempt. */
export interface Answer {
  readonly response: IncomingMessage
  readonly attempt: Attempt
}

/** The error of a failed attempt as an ApiError, a ConnectionError or a NotSentError. Also retires connections that may be broken. */
export function brokenBy(error: unknown, { deadline, connections, pool, sentAt }: Attempt): Error {
  if (error instanceof ApiError || error instanceof NotSentError) return error
  const failure = toConnectionError(error, deadline)
  const { code } = (failure.cause ?? {}) as NodeJS.ErrnoException
  if (failure.failure === 'deadline' || code === 'ETIMEDOUT') connections.distrust(pool, sentAt)
  // Whatever closed one idle connection has closed the others.
  if (failure.failure === 'stale') connections.retire()
  return failure
}

/** `error` as a ConnectionError that names the call; the reason of the deadline's signal if that has aborted. */
export function toConnectionError(error: unknown, { what, signal }: Deadline): ConnectionError {
  if (signal.aborted) return signal.reason
  // The message of a credential plugin ends with a line break.
  const message = (error as Error).message.trim()
  const failure = error instanceof ConnectionError ? error.failure : 'network'
  return new ConnectionError(`${what}: ${message}`, {
    failure,
    cause: error instanceof ConnectionError ? error.cause : error,
  })
}
