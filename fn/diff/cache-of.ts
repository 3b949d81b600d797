import { STATE_VOLUME } from '../../crds/names.ts'
import type { Wanted } from '../render/plan.ts'

/** Where a builder has its cache. */
export type CacheKind = 'emptyDir' | 'ephemeral' | 'claim' | 'hostPath'

export interface CacheOf {
  readonly kind: CacheKind
  /** The claim, or the folder of the node, which the next Pod finds again; missing for what ends with its Pod. */
  readonly place?: string
}

/** What becomes of the cache of a builder that rolls or goes. */
export type CacheFate = 'kept' | 'kept on the same node' | 'lost'

/** Where the cache of a builder is, as its Pod says it. */
export function cacheOf({ builder, beside, pod }: Wanted): CacheOf {
  const { cache } = builder.template.value.spec
  if (cache?.claim)
    return { kind: 'claim', place: beside.find(({ contents }) => isClaim(contents))?.contents.name ?? '' }
  if (cache?.hostPath) return { kind: 'hostPath', place: folderIn(pod.spec) }
  return { kind: cache?.ephemeral ? 'ephemeral' : 'emptyDir' }
}

/** What becomes of the cache of a builder that leaves Git. */
export function fateOfRemoved({ builder }: Wanted): CacheFate {
  const { cache } = builder.template.value.spec
  if (cache?.claim?.retain) return 'kept'
  return cache?.hostPath ? 'kept on the same node' : 'lost'
}

/** The new Pod has the cache of the old one only if both are in the same place, and that place outlives a Pod. */
export function fateOf(before: CacheOf, after: CacheOf): CacheFate {
  if (before.place === undefined || before.place !== after.place || before.kind !== after.kind) return 'lost'
  return before.kind === 'claim' ? 'kept' : 'kept on the same node'
}

function isClaim({ kind }: { readonly kind: string }): boolean {
  return kind === 'PersistentVolumeClaim'
}

/** On other nodes, the folder is another one. */
function folderIn({ volumes, nodeSelector, affinity, nodeName }: Readonly<Record<string, unknown>>): string {
  const found = (volumes as readonly Volume[]).find(({ name }) => name === STATE_VOLUME)
  return JSON.stringify([found?.hostPath?.path, nodeName, nodeSelector, affinity])
}

interface Volume {
  readonly name: string
  readonly hostPath?: { readonly path: string }
}
