/** A GitOps engine at work on the namespace `default` of a cluster, with one package of ours. */
export interface Engine {
  readonly name: string
  /** Whether it recreates a Pod that somebody has deleted; otherwise the next `sync` does. */
  readonly healsByItself: boolean
  /** From now on Git has exactly these manifests, before rendering; resolves when the engine has applied what they render to. */
  readonly sync: (manifests: string) => Promise<void>
  /** Compares or applies the package again, without a change in Git; resolves when that is done. */
  readonly again: () => Promise<void>
  /** From now on Git has manifests that the API server refuses; resolves with what the engine says. */
  readonly refused: (manifests: string) => Promise<string>
  /** The health of the package as the engine reports it. */
  readonly health: () => Promise<string>
  /** What `health` returns for a healthy package. */
  readonly healthy: string
  /** Ends the engine's program as a crash does; the result starts it again. Absent if nothing runs between two calls of `sync`. */
  readonly crash?: () => Promise<() => Promise<void>>
  /** Removes the package as the engine's users do. */
  readonly destroy: () => Promise<void>
  readonly stop: () => Promise<void>
}
