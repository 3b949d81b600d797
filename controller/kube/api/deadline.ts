import { type ApiCall, isReplayable } from './api-call.ts'
import { ApiError, ConnectionError } from './api-error.ts'

/** The time that one call has. Everything that the call waits for ends with `signal`. */
export interface Deadline {
  /** For messages: `GET /api/v1/pods`. */
  readonly what: string
  /** Its reason is a ConnectionError. */
  readonly signal: AbortSignal
  readonly millisecondsLeft: () => number
  /** To be said when the answer goes on: the call has its time anew, up to ten times its time in all. */
  readonly extend: () => void
  /** From now on the call ends only when somebody aborts it. */
  readonly lift: () => void
  /** Ends what still waits. */
  readonly abort: (why: string) => void
  /** To be called when the call is over: nothing of it stays behind. */
  readonly end: () => void
}

export interface Limits {
  readonly what: string
  readonly milliseconds: number
  /** Whoever wants the answer. */
  readonly signal: AbortSignal | undefined
}

/** An answer that goes on, but a byte at a time, must end as well. */
const TIMES_MAX = 10

/** One timer and one controller for each call: `AbortSignal.any` with a signal that lives long leaks (nodejs/node#54614). */
export function startDeadline({ what, milliseconds, signal }: Limits): Deadline {
  const controller = new AbortController()
  const startedAt = performance.now()
  const abort = (why: string) => controller.abort(new ConnectionError(`${what}: ${why}`, { failure: 'abort' }))
  const onAbort = () => abort('not wanted any more')
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
      missed = isLast ? `no end within ${milliseconds * TIMES_MAX} ms` : `nothing more within ${milliseconds} ms`
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

/** What `promise` comes to, unless `signal` aborts before: then it rejects with its reason, and nobody waits any longer. */
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
/** Codes of Node and OpenSSL for a certificate that one end does not take. */
const CERTIFICATE = /^(CERT_|DEPTH_ZERO_|ERR_SSL_|ERR_TLS_|SELF_SIGNED_|UNABLE_TO_)/

/** Whether one end does not believe who the other is: a token or certificate has been replaced since we read it. */
export function isIdentityRefused(error: unknown): boolean {
  if (error instanceof ApiError) return error.code === 401
  const code = error instanceof ConnectionError && (error.cause as NodeJS.ErrnoException | undefined)?.code
  return typeof code === 'string' && CERTIFICATE.test(code)
}

/** The milliseconds after which to send a call again that failed with `error`, counted in `retries`; undefined for never. */
export function pauseBeforeRetry(error: unknown, call: ApiCall, retries: Retries): number | undefined {
  if (isIdentityRefused(error)) return retries.identity++ === 0 ? 0 : undefined
  if (error instanceof ConnectionError) {
    return error.failure === 'stale' && isReplayable(call) && retries.connection++ === 0 ? 0 : undefined
  }
  if (!(error instanceof ApiError) || error.retryAfterSeconds === undefined) return undefined
  // Both say that nothing was done, so that it may be sent again whatever it is.
  const isAsked = error.code === 429 || error.code === 503
  return isAsked && retries.asked++ < ASKED_MAX ? error.retryAfterSeconds * 1000 : undefined
}
