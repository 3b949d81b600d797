import { createScope, type Scope, type ScopeOptions } from './scope.ts'

/** The watches of the whole cluster, or of some namespaces, each by itself: what one does not give is missing in that one alone. */
export interface Watches {
  /** Until aborted. */
  readonly run: (signal: AbortSignal) => Promise<void>
  readonly scopes: readonly Scope[]
  /** Whether what is known of a namespace is whole, so that it may be acted on now. */
  readonly isSynced: (namespace: string) => boolean
  /** Whether it is, and no watch on it has been silent for long: Pods may be deleted. */
  readonly isFresh: (namespace: string) => boolean
}

interface WatchesOptions extends Omit<ScopeOptions, 'namespace' | 'onSynced'> {
  /** None for all. */
  readonly namespaces: readonly string[]
  /** Told whenever all of a namespace is known again, of which some was not; empty for the whole cluster. */
  readonly onSynced: (namespace: string) => void
}

export function createWatches({ namespaces, onSynced, ...options }: WatchesOptions): Watches {
  const scopes = (namespaces.length > 0 ? namespaces : ['']).map((namespace) =>
    createScope({ ...options, namespace, onSynced: () => onSynced(namespace) }),
  )
  const byNamespace = new Map(scopes.map((scope) => [scope.namespace, scope]))
  const scopeOf = (namespace: string) => byNamespace.get('') ?? byNamespace.get(namespace)
  return {
    run: async (signal) => {
      await Promise.all(scopes.map((scope) => scope.run(signal)))
    },
    scopes,
    isSynced: (namespace) => scopeOf(namespace)?.isSynced() ?? false,
    isFresh: (namespace) => scopeOf(namespace)?.isFresh() ?? false,
  }
}
