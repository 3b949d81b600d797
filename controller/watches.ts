import { API_VERSION, BUILDKIT_LABEL } from '../crds/names.ts'
import type { ApiClient } from './kube/api/api-client.ts'
import type { History } from './kube/history.ts'
import { readNow } from './kube/now.ts'
import type { ReflectorObserver } from './kube/watch/reflecting.ts'
import { createReflector, type Reflector } from './kube/watch/reflector.ts'
import { takeBuildkit, takePod } from './observe/take-change.ts'
import { toBuildkit } from './observe/to-buildkit.ts'
import { toPod } from './observe/to-pod.ts'
import type { Store } from './store.ts'

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

/** Without a byte for longer a watch is not up to date: bookmarks come every minute. */
const FRESH_MILLISECONDS = 180_000

export const WATCHED_RESOURCES = ['buildkits', 'pods'] as const
type WatchedResource = (typeof WATCHED_RESOURCES)[number]

/** The watches on Buildkits and on our Pods in the whole cluster, or in one namespace. */
export interface Scope {
  /** Empty for the whole cluster. */
  readonly namespace: string
  /** Until aborted. */
  readonly run: (signal: AbortSignal) => Promise<void>
  /** Whether what is known is whole, so that it may be acted on now. */
  readonly isSynced: () => boolean
  /** Whether it is, and no watch has been silent for long. */
  readonly isFresh: () => boolean
  /** Whether the API server has given a complete list, and has not refused the resource since. */
  readonly isServed: (resource: WatchedResource) => boolean
  /** What the API server said when it refused the resource, until it lets us see it again. */
  readonly refusal: (resource: WatchedResource) => string | undefined
  readonly stalenessSeconds: (resource: WatchedResource) => number
}

interface ScopeOptions {
  readonly client: ApiClient
  readonly store: Store
  readonly history: History
  readonly namespace: string
  /** Told the keys of builders that may look different now. */
  readonly onKeys: (keys: readonly string[]) => void
  /** Told whenever everything is known again, of which some was not. */
  readonly onSynced: () => void
  readonly observerOf: (resource: WatchedResource, namespace: string) => ReflectorObserver
}

function createScope(options: ScopeOptions): Scope {
  const reflectors = createReflectors(options, () => {
    if (isSynced()) options.onSynced()
  })
  const all = Object.values(reflectors)
  const isSynced = () => all.every((reflector) => reflector.isWhole())
  return {
    namespace: options.namespace,
    run: async (signal) => {
      await Promise.all(all.map((reflector) => reflector.run(signal)))
    },
    isSynced,
    isFresh: () => isSynced() && all.every((reflector) => silence(reflector) < FRESH_MILLISECONDS),
    isServed: (resource) => reflectors[resource].hasListed() && reflectors[resource].refusal() === undefined,
    refusal: (resource) => reflectors[resource].refusal(),
    stalenessSeconds: (resource) => silence(reflectors[resource]) / 1000,
  }
}

function silence(reflector: Reflector): number {
  return performance.now() - reflector.lastContact()
}

function createReflectors(options: ScopeOptions, onWhole: () => void): Readonly<Record<WatchedResource, Reflector>> {
  const { client, store, history, namespace, onKeys, observerOf } = options
  const within = namespace && `/namespaces/${namespace}`
  const observer = (resource: WatchedResource) => alsoOnWhole(observerOf(resource, namespace), onWhole)
  return {
    buildkits: createReflector({
      client,
      history,
      path: `/apis/${API_VERSION}${within}/buildkits`,
      project: toBuildkit,
      onChange: (change) => onKeys(takeBuildkit(store, change, readNow())),
      observer: observer('buildkits'),
    }),
    pods: createReflector({
      client,
      history,
      path: `/api/v1${within}/pods`,
      query: `labelSelector=${encodeURIComponent(BUILDKIT_LABEL)}`,
      project: toPod,
      onChange: (change) => onKeys(takePod(store, change, readNow())),
      observer: observer('pods'),
    }),
  }
}

/** A list completes what is known, and so does a watch that the API server gives again. */
function alsoOnWhole(observer: ReflectorObserver, onWhole: () => void): ReflectorObserver {
  return {
    ...observer,
    onList: (list) => {
      observer.onList(list)
      if (list.reason !== 'self-check') onWhole()
    },
    onSynced: (isSynced) => {
      observer.onSynced(isSynced)
      if (isSynced) onWhole()
    },
  }
}
