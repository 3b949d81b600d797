import { boundedText } from '../bounded-text.ts'

/** Messages go into logs and statuses, and may come from a webhook or a credential plugin; a path alone may have 300 characters. */
const MESSAGE_LENGTH_MAX = 1024

/** The details of a `metav1.Status` (`StatusDetails` in k8s.io/apimachinery/pkg/apis/meta/v1). */
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

/** An answer other than 2xx from the API server, or from something in front of it. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  /** The HTTP status. */
  readonly code: number
  /** `NotFound`, `Conflict`, `Expired`, …: `metav1.StatusReason`. */
  readonly reason: string | undefined
  readonly details: StatusDetails | undefined
  /** How long the server asks us to wait, at most 60. */
  readonly retryAfterSeconds: number | undefined
  /** Whether the body was a `metav1.Status`. A 404 without one means that a path is unknown, not that an object is gone. */
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
 * Why there is no answer: `stale`: an idle connection was closed, most likely before the server read the call; `deadline`: it took too
 * long; `abort`: the caller canceled; `network`: anything else, including an unreadable credential.
 */
export type ConnectionFailure = 'network' | 'stale' | 'deadline' | 'abort'

/** A call that was not sent because its caller may no longer send it. */
export class NotSentError extends Error {
  override readonly name = 'NotSentError'
}

/** There was no complete answer. It is unknown whether the server has carried out the call. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError'
  readonly failure: ConnectionFailure

  constructor(message: string, { failure = 'network', cause }: { failure?: ConnectionFailure; cause?: unknown } = {}) {
    super(boundedText(message, MESSAGE_LENGTH_MAX), cause === undefined ? {} : { cause })
    this.failure = failure
  }
}
