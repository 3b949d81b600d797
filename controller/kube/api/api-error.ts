import { boundedText } from '../bounded-text.ts'

/** It goes into logs and statuses, and a webhook or a credential plugin may have written it; a path alone may have 300. */
const MESSAGE_LENGTH_MAX = 1024

/** What a `metav1.Status` says about its object (`StatusDetails` in k8s.io/apimachinery/pkg/apis/meta/v1). */
export interface StatusDetails {
  readonly name?: string
  readonly group?: string
  /** For some errors the kind, for most of them the plural: `buildkits`. */
  readonly kind?: string
  readonly causes?: readonly { readonly reason?: string; readonly message?: string; readonly field?: string }[]
}

interface Refusal {
  readonly code: number
  readonly reason: string | undefined
  readonly details: StatusDetails | undefined
  readonly retryAfterSeconds: number | undefined
  readonly isStatus: boolean
}

/** The API server, or something before it, answered, and not with a 2xx. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  /** The HTTP status. */
  readonly code: number
  /** `NotFound`, `Conflict`, `Expired`, …: `metav1.StatusReason`. */
  readonly reason: string | undefined
  readonly details: StatusDetails | undefined
  /** How long the server asks us to wait, at most 60. */
  readonly retryAfterSeconds: number | undefined
  /** Whether the body was a `metav1.Status`. A 404 without one says that a path is unknown, not that an object is gone. */
  readonly isStatus: boolean

  constructor(message: string, { code, reason, details, retryAfterSeconds, isStatus }: Refusal) {
    super(boundedText(message, MESSAGE_LENGTH_MAX))
    this.code = code
    this.reason = reason
    this.details = details
    this.retryAfterSeconds = retryAfterSeconds
    this.isStatus = isStatus
  }
}

/**
 * Why there was no answer: `stale`: a connection that had been idle was closed, most likely before the server read the call;
 * `deadline`: it took too long; `abort`: nobody wants it any more; `network`: all else, an unreadable credential too.
 */
export type ConnectionFailure = 'network' | 'stale' | 'deadline' | 'abort'

/** A call that was not sent, for whoever makes it may not do so any more. */
export class NotSentError extends Error {
  override readonly name = 'NotSentError'
}

/** There was no answer, or not a whole one. Whether the server has done what it was asked is not known. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError'
  readonly failure: ConnectionFailure

  constructor(message: string, { failure = 'network', cause }: { failure?: ConnectionFailure; cause?: unknown } = {}) {
    super(boundedText(message, MESSAGE_LENGTH_MAX), cause === undefined ? {} : { cause })
    this.failure = failure
  }
}
