import type { IncomingMessage } from 'node:http'
import { ApiError, ConnectionError, NotSentError } from './api-error.ts'
import type { Connections, Pool } from './connections.ts'
import type { Deadline } from './deadline.ts'

/** A call that is under way. */
export interface Attempt {
  readonly deadline: Deadline
  readonly connections: Connections
  readonly pool: Pool
  /** By `performance.now()`. */
  readonly sentAt: number
}

/** A 2xx answer, its body still to come, and the attempt that got it. */
export interface Answer {
  readonly response: IncomingMessage
  readonly attempt: Attempt
}

/** `error`, which broke off an attempt, as callers know it: an ApiError, a ConnectionError or a NotSentError. Draws the consequences for connections. */
export function brokenBy(error: unknown, { deadline, connections, pool, sentAt }: Attempt): Error {
  if (error instanceof ApiError || error instanceof NotSentError) return error
  const failure = toConnectionError(error, deadline)
  const { code } = (failure.cause ?? {}) as NodeJS.ErrnoException
  if (failure.failure === 'deadline' || code === 'ETIMEDOUT') connections.distrust(pool, sentAt)
  // What closed one idle connection has closed the others.
  if (failure.failure === 'stale') connections.retire()
  return failure
}

/** `error` as a ConnectionError that says what was asked; when the deadline's signal has aborted, its reason. */
export function toConnectionError(error: unknown, { what, signal }: Deadline): ConnectionError {
  if (signal.aborted) return signal.reason
  // A credential plugin's words end with a line.
  const message = (error as Error).message.trim()
  const failure = error instanceof ConnectionError ? error.failure : 'network'
  return new ConnectionError(`${what}: ${message}`, {
    failure,
    cause: error instanceof ConnectionError ? error.cause : error,
  })
}
