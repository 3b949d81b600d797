/** A GitOps engine at work on the namespace `default` of a cluster, with one package of ours. */
export interface Engine {
  readonly name: string
  /** Whether it creates a Pod again that somebody has deleted; otherwise the next `sync` does. */
  readonly healsByItself: boolean
  /** Git says exactly these manifests from now on, before rendering; resolves when the engine has applied what they render to. */
  readonly sync: (manifests: string) => Promise<void>
  /** What the engine says of the package, in its own words. */
  readonly health: () => Promise<string>
  /** How `health` reads when all is well. */
  readonly healthy: string
  /** Removes the package as the engine's users do. */
  readonly destroy: () => Promise<void>
  readonly stop: () => Promise<void>
}
