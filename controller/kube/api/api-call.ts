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
