import { API_VERSION, BUILDKIT_LABEL } from '../crds/names.ts'
import type { ApiClient } from './api/api-client.ts'
import { readNow } from './now.ts'
import { takeBuildkit, takePod } from './observe/take-change.ts'
import { toBuildkit } from './observe/to-buildkit.ts'
import { toPod } from './observe/to-pod.ts'
import type { Store } from './store.ts'
import { createReflector, type Reflector } from './watch/reflector.ts'
import type { ReflectorObserver } from './watch/reflector-observer.ts'

/** Without a byte for longer a watch is not up to date: bookmarks come every minute. */
const FRESH_MILLISECONDS = 180_000

type WatchedResource = 'buildkits' | 'pods'

/** The watches on Buildkits and on our Pods, of the whole cluster or of some namespaces. */
export interface Watches {
  /** Until aborted. */
  readonly run: (signal: AbortSignal) => Promise<void>
  /** Resolves when every watch has had a complete list. */
  readonly synced: Promise<void>
  readonly isSynced: (resource?: WatchedResource) => boolean
  /** Whether all watches are synced and none has been silent for long. */
  readonly isFresh: () => boolean
  /** For how long the most silent watch of a resource has been silent. */
  readonly stalenessSeconds: (resource: WatchedResource) => number
}

interface WatchesOptions {
  readonly client: ApiClient
  readonly store: Store
  /** None for all. */
  readonly namespaces: readonly string[]
  /** Told the keys of builders that may look different now. */
  readonly onKeys: (keys: readonly string[]) => void
  readonly observers: Readonly<Record<WatchedResource, ReflectorObserver>>
}

export function createWatches(options: WatchesOptions): Watches {
  const { promise: synced, resolve } = Promise.withResolvers<void>()
  const onSynced = () => {
    if (isSynced()) resolve()
  }
  const scopes = scopesOf(options.namespaces).map((scope) => reflectorsIn(scope, options, onSynced))
  const of = (resource: WatchedResource) => scopes.map((reflectors) => reflectors[resource])
  const all = () => [...of('buildkits'), ...of('pods')]
  const silence = (reflector: Reflector) => performance.now() - reflector.lastContact()
  const isSynced = (resource?: WatchedResource) =>
    (resource ? of(resource) : all()).every((reflector) => reflector.isSynced())
  return {
    run: async (signal) => {
      await Promise.all(all().map((reflector) => reflector.run(signal)))
    },
    synced,
    isSynced,
    isFresh: () => isSynced() && all().every((reflector) => silence(reflector) < FRESH_MILLISECONDS),
    stalenessSeconds: (resource) => Math.max(...of(resource).map(silence)) / 1000,
  }
}

function scopesOf(namespaces: readonly string[]): readonly string[] {
  return namespaces.length > 0 ? namespaces.map((namespace) => `/namespaces/${namespace}`) : ['']
}

/** What the controller lists and watches of a resource; `scope` is the namespace's part of a path, or nothing. */
function reflectorsIn(scope: string, { client, store, observers, onKeys }: WatchesOptions, onSynced: () => void) {
  return {
    buildkits: createReflector({
      client,
      path: `/apis/${API_VERSION}${scope}/buildkits`,
      project: toBuildkit,
      onChange: (change) => onKeys(takeBuildkit(store, change, readNow())),
      observer: alsoOnSynced(observers.buildkits, onSynced),
    }),
    pods: createReflector({
      client,
      path: `/api/v1${scope}/pods`,
      query: `labelSelector=${encodeURIComponent(BUILDKIT_LABEL)}`,
      project: toPod,
      onChange: (change) => onKeys(takePod(store, change, readNow())),
      observer: alsoOnSynced(observers.pods, onSynced),
    }),
  }
}

function alsoOnSynced(observer: ReflectorObserver, onSynced: () => void): ReflectorObserver {
  return {
    ...observer,
    onSynced: (isSynced) => {
      observer.onSynced(isSynced)
      onSynced()
    },
  }
}
