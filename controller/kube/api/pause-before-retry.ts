import type { ApiCall } from './api-call.ts'
import { ApiError, ConnectionError } from './api-error.ts'
import { isReplayable } from './is-replayable.ts'

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
