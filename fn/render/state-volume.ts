import type { Buildkit } from '../../crds/buildkit.ts'
import type { BuildkitTemplate } from '../../crds/buildkit-template.ts'
import type { Cache } from '../../crds/cache.ts'
import { hashOf, STATE_VOLUME } from '../../crds/names.ts'
import { canonicalQuantity, parseQuantity, type Quantity } from '../upstream/kubernetes/quantity.ts'
import { replicaName } from './replicas.ts'

/**
 * Where rootless builders have their folders on a node; no namespace has such a name. Their files belong to other users, and images that one
 * mode builds from the cache of the other one have files with wrong owners.
 */
const ROOTLESS_FOLDER = '_rootless'

type TemplateSpec = BuildkitTemplate['spec']
type Volume = Readonly<Record<string, unknown>>
type Claim = NonNullable<Cache['claim']>

/**
 * The state volume of a template's builders. What only one of them has is missing: `specOfOne` completes the name of a claim, which is here
 * the hash of what cannot be changed in it, and the folder of a host path.
 */
export function stateVolume({ cache = {}, rootless }: Pick<TemplateSpec, 'cache' | 'rootless'>): Volume {
  return { name: STATE_VOLUME, ...sourceOf(cache, rootless) }
}

function sourceOf({ emptyDir = {}, ephemeral, claim, hostPath }: Cache, rootless: boolean): Volume {
  if (claim) return { persistentVolumeClaim: { claimName: claimHash(claim, rootless) } }
  if (hostPath) {
    const path = hostPath.path.replace(/\/+$/, '')
    return { hostPath: { path: rootless ? `${path}/${ROOTLESS_FOLDER}` : path, type: 'DirectoryOrCreate' } }
  }
  if (ephemeral) {
    const { accessModes = [], dataSource, ...rest } = ephemeral
    const modes = accessModes.length > 0 ? accessModes : ['ReadWriteOnce']
    // An apply by the server takes a source as a whole, and an API server stores a missing group as null.
    const source = dataSource && { ...dataSource, apiGroup: dataSource.apiGroup || null }
    const spec = { ...claimSpec({ ...rest, accessModes: modes }), ...(source && { dataSource: source }) }
    return { ephemeral: { volumeClaimTemplate: { spec } } }
  }
  const { medium, sizeLimit } = emptyDir
  return { emptyDir: { ...(medium && { medium }), ...(sizeLimit !== undefined && { sizeLimit: stored(sizeLimit) }) } }
}

/** The state volume of one replica's Pod, from what it shares with others. */
export function volumeOfOne(volume: Volume, { name, namespace }: Buildkit['metadata'], replica: number): Volume {
  const { persistentVolumeClaim, hostPath } = volume as {
    readonly persistentVolumeClaim?: { readonly claimName: string }
    readonly hostPath?: { readonly path: string }
  }
  if (persistentVolumeClaim)
    return {
      ...volume,
      persistentVolumeClaim: { claimName: claimNameOf(name, persistentVolumeClaim.claimName, replica) },
    }
  if (hostPath) {
    const parts = [hostPath.path, ...(namespace === undefined ? [] : [namespace]), folderOf(name, replica)]
    return { ...volume, hostPath: { ...hostPath, path: parts.join('/') } }
  }
  return volume
}

/** The hash is of what cannot be changed in a claim. */
function claimNameOf(buildkitName: string, hash: string, replica: number): string {
  return replicaName(buildkitName, { hash, content: hash }, replica)
}

/** A folder that the next Pod of this replica finds again, and no other one: the name of a Buildkit has no underscore. */
function folderOf(name: string, replica: number): string {
  return replica === 0 ? name : `${name}_${replica}`
}

/** A PersistentVolumeClaim of a builder: `name`, and its `spec` as it is written. */
export interface ClaimSource {
  readonly name: string
  readonly spec: Volume
}

/** The claim of one replica of a builder whose template keeps its cache in one. */
export function claimOf(
  { spec: { cache, rootless } }: BuildkitTemplate,
  { metadata }: Pick<Buildkit, 'metadata'>,
  replica: number,
): ClaimSource | undefined {
  if (!cache?.claim) return undefined
  const name = claimNameOf(metadata.name, claimHash(cache.claim, rootless), replica)
  return { name, spec: claimSpec({ ...cache.claim, accessModes: [cache.claim.accessMode] }) }
}

/** A claim may only grow: another size is not another claim. */
function claimHash({ accessMode, storageClassName }: Claim, rootless: boolean): string {
  const fixed = {
    accessMode,
    ...(storageClassName !== undefined && { storageClassName }),
    ...(rootless && { rootless }),
  }
  return hashOf(JSON.stringify(fixed))
}

interface Request {
  readonly size: Claim['size']
  readonly storageClassName?: string | undefined
  readonly accessModes: readonly string[]
}

function claimSpec({ size, storageClassName, accessModes }: Request): Volume {
  return {
    accessModes,
    ...(storageClassName !== undefined && { storageClassName }),
    resources: { requests: { storage: stored(size) } },
  }
}

function stored(quantity: string | number): string {
  return canonicalQuantity(parseQuantity(quantity) as Quantity)
}
