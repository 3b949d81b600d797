export interface ApiCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** `/api/v1/pods?limit=500`: with its query, encoded. */
  readonly path: string
  /** Sent as JSON. */
  readonly body?: unknown
  /** Without it a PATCH is a merge patch (RFC 7386). */
  readonly contentType?: string
  /** For the whole call, with all its tries, or for the beginning of a stream and each of its pauses; 10,000 unless said otherwise. */
  readonly deadlineMilliseconds?: number
  /** `lease` has connections of its own: however many calls wait, a lease is renewed in time. */
  readonly lane?: 'calls' | 'lease'
  readonly signal?: AbortSignal | undefined
  /** Called right before the bytes of each try leave. What it throws, a NotSentError, the call rejects with, and nothing has been sent. */
  readonly guard?: () => void
}

/** What metrics want to know. */
export interface ApiObserver {
  /** An answer has begun after `seconds`; `code` is its HTTP status, or `<error>` where none came, as in client-go's metrics. */
  readonly onAnswer: (answer: { method: string; host: string; code: string; seconds: number }) => void
  readonly onRetry: (retry: { method: string; host: string }) => void
}

interface Preconditions {
  readonly metadata?: { readonly resourceVersion?: unknown }
  readonly preconditions?: { readonly uid?: unknown; readonly resourceVersion?: unknown }
}

/** Whether a call that may have been carried out can be sent again: the second time it finds nothing to do, or a conflict. */
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
