/** Told what a reflector sees; for logs and metrics. */
export interface ReflectorObserver {
  readonly onList: (list: { readonly seconds: number; readonly objects: number }) => void
  /** A watch has ended: `clean`, `idle`, `overdue`, or the reason of an error. */
  readonly onRestart: (reason: string) => void
  readonly onEvent: (type: string) => void
  readonly onSynced: (isSynced: boolean) => void
  /** Objects that the watch has not told us of although it had the time. */
  readonly onDivergence: (objects: number) => void
  readonly onError: (error: unknown, retryInMilliseconds: number) => void
}
