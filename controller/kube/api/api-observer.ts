/** What metrics want to know. */
export interface ApiObserver {
  /** An answer has begun after `seconds`; `code` is its HTTP status, or `<error>` where none came, as in client-go's metrics. */
  readonly onAnswer: (answer: { method: string; host: string; code: string; seconds: number }) => void
  readonly onRetry: (retry: { method: string; host: string }) => void
}
