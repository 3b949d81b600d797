import { BUILDKIT_LABEL } from '../../../crds/names.ts'
import type { Cluster } from '../../harness/servers/cluster.ts'

/** What a cluster has of one claim. */
export interface ClaimInCluster {
  readonly name: string
  /** Its phase, or `Terminating` where it is being deleted. */
  readonly phase: string
  readonly storageClass: string
  readonly requested: string
  readonly capacity: string
  readonly volume: string
}

// biome-ignore lint/suspicious/noExplicitAny: as the API server sends it
type Item = any

/** The claims of a builder. */
export async function claimsOf(
  cluster: Pick<Cluster, 'request'>,
  builder: string,
  namespace = 'default',
): Promise<readonly ClaimInCluster[]> {
  return (await storedClaims(cluster, builder, namespace)).map(({ metadata, spec, status }: Item) => ({
    name: metadata.name,
    phase: metadata.deletionTimestamp ? 'Terminating' : status.phase,
    storageClass: spec.storageClassName,
    requested: spec.resources.requests.storage,
    capacity: status.capacity?.storage ?? '',
    volume: spec.volumeName ?? '',
  }))
}

/** The phases of a builder's claims. */
export async function phasesOf(cluster: Pick<Cluster, 'request'>, builder: string, namespace?: string) {
  return (await claimsOf(cluster, builder, namespace)).map(({ phase }) => phase)
}

/** The claims of a builder as they are stored. */
export async function storedClaims({ request }: Pick<Cluster, 'request'>, builder: string, namespace = 'default') {
  const path = `/api/v1/namespaces/${namespace}/persistentvolumeclaims?labelSelector=${BUILDKIT_LABEL}=${builder}`
  return (await request('GET', path)).body.items as readonly Item[]
}

/** Whether the volume of a claim still exists. */
export async function hasVolume({ request }: Pick<Cluster, 'request'>, { volume }: ClaimInCluster): Promise<boolean> {
  return (await request('GET', `/api/v1/persistentvolumes/${volume}`)).status === 200
}
