import { type ApiCall, isReplayable } from './api-call.ts'
import { ApiError, ConnectionError } from './api-error.ts'

/** The deadline of one call. Everything that the call waits for ends with `signal`. */
export interface Deadline {
  /** For messages: `GET /api/v1/pods`. */
  readonly what: string
  /** Its reason is a ConnectionError. */
  readonly signal: AbortSignal
  readonly millisecondsLeft: () => number
  /** Call it when more of the answer arrives: the time starts again, up to ten times in total. */
  readonly extend: () => void
  /** From now on only an abort ends the call. */
  readonly lift: () => void
  /** Ends what still waits. */
  readonly abort: (why: string) => void
  /** Call it when the call is over, to remove the timer and the listener. */
  readonly end: () => void
}

export interface Limits {
  readonly what: string
  readonly milliseconds: number
  /** The signal of the caller. */
  readonly signal: AbortSignal | undefined
}

/** An answer that trickles in must end, too. */
const TIMES_MAX = 10

/** One timer and one controller for each call: `AbortSignal.any` with a long-lived signal leaks (nodejs/node#54614). */
export function startDeadline({ what, milliseconds, signal }: Limits): Deadline {
  const controller = new AbortController()
  const startedAt = performance.now()
  const abort = (why: string) => controller.abort(new ConnectionError(`${what}: ${why}`, { failure: 'abort' }))
  const onAbort = () => abort('canceled')
  const elapsed = () => performance.now() - startedAt
  let missed = `no answer within ${milliseconds} ms`
  const timer = setTimeout(() => {
    controller.abort(new ConnectionError(`${what}: ${missed}`, { failure: 'deadline' }))
  }, milliseconds)
  signal?.addEventListener('abort', onAbort, { once: true })
  if (signal?.aborted) onAbort()
  return {
    what,
    signal: controller.signal,
    millisecondsLeft: () => milliseconds - elapsed(),
    extend: () => {
      const isLast = elapsed() > milliseconds * (TIMES_MAX - 1)
      missed = isLast ? `not complete within ${milliseconds * TIMES_MAX} ms` : `no more data within ${milliseconds} ms`
      if (!isLast) timer.refresh()
    },
    lift: () => clearTimeout(timer),
    abort,
    end: () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
    },
  }
}

/** The result of `promise`; rejects with the reason of `signal` if that aborts first. */
export function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason)
    signal.addEventListener('abort', onAbort, { once: true })
    if (signal.aborted) onAbort()
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}

/** How often a call has been sent again, and why. */
export interface Retries {
  identity: number
  connection: number
  asked: number
}

const ASKED_MAX = 3
/** Codes of Node.js and OpenSSL for a certificate that one end refuses. */
const CERTIFICATE = /^(CERT_|DEPTH_ZERO_|ERR_SSL_|ERR_TLS_|SELF_SIGNED_|UNABLE_TO_)/

/** Whether one end refuses the credentials of the other: a token or certificate has been replaced since we read it. */
export function isIdentityRefused(error: unknown): boolean {
  if (error instanceof ApiError) return error.code === 401
  const code = error instanceof ConnectionError && (error.cause as NodeJS.ErrnoException | undefined)?.code
  return typeof code === 'string' && CERTIFICATE.test(code)
}

/** The milliseconds before a retry of a call that failed with `error`, counted in `retries`; undefined for no retry. */
export function pauseBeforeRetry(error: unknown, call: ApiCall, retries: Retries): number | undefined {
  if (isIdentityRefused(error)) return retries.identity++ === 0 ? 0 : undefined
  if (error instanceof ConnectionError) {
    return error.failure === 'stale' && isReplayable(call) && retries.connection++ === 0 ? 0 : undefined
  }
  if (!(error instanceof ApiError) || error.retryAfterSeconds === undefined) return undefined
  // Both mean that nothing was done, so any call may be sent again.
  const isAsked = error.code === 429 || error.code === 503
  return isAsked && retries.asked++ < ASKED_MAX ? error.retryAfterSeconds * 1000 : undefined
}
