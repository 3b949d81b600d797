/** Told what a queue does; for logs and metrics. */
export interface QueueObserver {
  readonly onAdd: (depth: number) => void
  readonly onStart: (key: string, queuedSeconds: number, depth: number) => void
  readonly onEnd: (key: string, workedSeconds: number, outcome: WorkOutcome) => void
}

/** How work on a key went, in controller-runtime's words, and in how many milliseconds it is tried again. */
export type WorkOutcome =
  | { readonly result: 'success'; readonly milliseconds?: never }
  | { readonly result: 'requeue_after'; readonly milliseconds: number }
  | { readonly result: 'error'; readonly error: unknown; readonly milliseconds: number }
