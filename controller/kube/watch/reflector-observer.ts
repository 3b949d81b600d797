/** Told what a reflector sees; for logs and metrics. */
export interface ReflectorObserver {
  /** A complete list. `reason`: `start`, `self-check`, or why the place in the stream was lost. */
  readonly onList: (list: { readonly reason: string; readonly seconds: number; readonly objects: number }) => void
  /** A watch has come to its end, or could not be had: a reason from verdict.ts. */
  readonly onRestart: (reason: string) => void
  /** A line of a watch: ADDED, MODIFIED, DELETED, BOOKMARK or ERROR. */
  readonly onEvent: (type: string) => void
  readonly onSynced: (isSynced: boolean) => void
  /** A self-check is done. `objects`: those of which the watch has not told although it had come that far; there should be none. */
  readonly onDivergence: (objects: number) => void
  /** `retryInMilliseconds`: 0 for at once, and where nothing is tried again. */
  readonly onError: (error: unknown, retryInMilliseconds: number) => void
}
