import { STATE_VOLUME } from '../../crds/names.ts'
import type { Wanted } from '../render/plan.ts'
import type { Builder } from '../render/resolve.ts'
import type { OnePod } from './one-pod.ts'

/** Where a builder has its cache. */
export type CacheKind = 'emptyDir' | 'ephemeral' | 'claim' | 'hostPath'

interface CacheOf {
  readonly kind: CacheKind
  /** The claim, or the folder of the node, which the next Pod finds again; missing for what ends with its Pod. */
  readonly place?: string
}

/** What becomes of the cache of a builder that rolls or goes. */
export type CacheFate = 'kept' | 'kept on the same node' | 'lost'

/** What all Pods of a builder have their caches in. */
export function kindOfCache({ template }: Builder): CacheKind {
  const { cache } = template.value.spec
  if (cache?.claim) return 'claim'
  if (cache?.hostPath) return 'hostPath'
  return cache?.ephemeral ? 'ephemeral' : 'emptyDir'
}

/** Where a Pod has its cache, as it says it. */
export function cacheOf({ builder, pod }: OnePod): CacheOf {
  const kind = kindOfCache(builder)
  if (kind === 'claim') return { kind, place: stateVolumeIn(pod.spec)?.persistentVolumeClaim?.claimName ?? '' }
  return kind === 'hostPath' ? { kind, place: folderIn(pod.spec) } : { kind }
}

/** What becomes of the caches of a builder that rolls: those of all replicas fare as that of the first. */
export function fateOfRolled(old: Wanted, young: Wanted): CacheFate {
  return fateOf(cacheOfFirst(old), cacheOfFirst(young))
}

function cacheOfFirst({ builder, pods: [{ pod }] }: Wanted): CacheOf {
  return cacheOf({ builder, pod })
}

/** What becomes of the cache of a Pod that leaves Git. */
export function fateOfRemoved({ builder }: Pick<OnePod, 'builder'>): CacheFate {
  const { cache } = builder.template.value.spec
  if (cache?.claim?.retain) return 'kept'
  return cache?.hostPath ? 'kept on the same node' : 'lost'
}

/** The new Pod has the cache of the old one only if both are in the same place, and that place outlives a Pod. */
function fateOf(before: CacheOf, after: CacheOf): CacheFate {
  if (before.place === undefined || before.place !== after.place || before.kind !== after.kind) return 'lost'
  return before.kind === 'claim' ? 'kept' : 'kept on the same node'
}

type PodSpec = OnePod['pod']['spec']

/** On other nodes, the folder is another one. */
function folderIn(spec: PodSpec): string {
  const { nodeSelector, affinity, nodeName } = spec
  return JSON.stringify([stateVolumeIn(spec)?.hostPath?.path, nodeName, nodeSelector, affinity])
}

function stateVolumeIn({ volumes }: PodSpec): Volume | undefined {
  return (volumes as readonly Volume[]).find(({ name }) => name === STATE_VOLUME)
}

interface Volume {
  readonly name: string
  readonly hostPath?: { readonly path: string }
  readonly persistentVolumeClaim?: { readonly claimName: string }
}
