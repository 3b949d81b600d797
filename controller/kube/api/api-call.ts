export interface ApiCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** `/api/v1/pods?limit=500`: with its query, encoded. */
  readonly path: string
  /** Sent as JSON. */
  readonly body?: unknown
  /** A PATCH defaults to a merge patch (RFC 7386). */
  readonly contentType?: string
  /** For the whole call with all its retries, or for the start of a stream and each of its pauses; 10,000 by default. */
  readonly deadlineMilliseconds?: number
  /** `lease` has connections of its own, so that waiting calls do not delay a renewal. */
  readonly lane?: 'calls' | 'lease'
  readonly signal?: AbortSignal | undefined
  /** Called right before each try is sent. If it throws a NotSentError, nothing is sent and the call rejects with that error. */
  readonly guard?: () => void
}

/** Receives what metrics count. */
export interface ApiObserver {
  /** An answer has begun after `seconds`; `code` is its HTTP status, or `<error>` if there is none, as in client-go's metrics. */
  readonly onAnswer: (answer: { method: string; host: string; code: string; seconds: number }) => void
  readonly onRetry: (retry: { method: string; host: string }) => void
}

interface Preconditions {
  readonly metadata?: { readonly resourceVersion?: unknown }
  readonly preconditions?: { readonly uid?: unknown; readonly resourceVersion?: unknown }
}

/** Whether a call that may have been carried out can be sent again: the second time has no effect, or conflicts. */
export function isReplayable({ method, body }: Pick<ApiCall, 'method' | 'body'>): boolean {
  const { metadata, preconditions } = (body ?? {}) as Preconditions
  switch (method) {
    case 'GET':
      return true
    case 'PUT':
    case 'PATCH':
      return metadata?.resourceVersion !== undefined
    case 'DELETE':
      return preconditions?.uid !== undefined || preconditions?.resourceVersion !== undefined
    case 'POST':
      return false
  }
}
