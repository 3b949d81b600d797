import type { Cluster } from '../servers/cluster.ts'
import { repeatedly } from './repeatedly.ts'

// biome-ignore lint/suspicious/noExplicitAny: as the API server sends it
type Item = any

/** Stands in for a CSI driver: it makes volumes for claims, grows them and deletes those that are released. They hold nothing. */
export function startProvisioner({ request }: Pick<Cluster, 'request'>, provisioner: string) {
  const provision = async ({ metadata, spec }: Item) => {
    const { namespace, name, uid } = metadata
    await request('POST', '/api/v1/persistentvolumes', {
      metadata: { name: `pvc-${uid}`, annotations: { 'pv.kubernetes.io/provisioned-by': provisioner } },
      spec: {
        accessModes: spec.accessModes,
        capacity: { storage: spec.resources.requests.storage },
        claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name, uid },
        hostPath: { path: `/volumes/${uid}` },
        persistentVolumeReclaimPolicy: 'Delete',
        storageClassName: spec.storageClassName,
      },
    })
  }
  const grow = async ({ metadata, spec }: Item) => {
    const capacity = { storage: spec.resources.requests.storage }
    await request('PATCH', `/api/v1/persistentvolumes/${spec.volumeName}`, { spec: { capacity } })
    const path = `/api/v1/namespaces/${metadata.namespace}/persistentvolumeclaims/${metadata.name}`
    await request('PATCH', `${path}/status`, { status: { capacity } })
  }
  const tendClaim = async (claim: Item) => {
    const { metadata, spec, status } = claim
    if (
      status.phase === 'Pending' &&
      metadata.annotations?.['volume.kubernetes.io/storage-provisioner'] === provisioner
    )
      await provision(claim)
    if (status.phase === 'Bound' && status.capacity?.storage !== spec.resources.requests.storage) await grow(claim)
  }
  const stop = repeatedly(async () => {
    const claims = await request('GET', '/api/v1/persistentvolumeclaims')
    await Promise.all(claims.body.items.map(tendClaim))
    const volumes = await request('GET', '/api/v1/persistentvolumes')
    const released = volumes.body.items.filter(({ status }: Item) => status.phase === 'Released')
    await Promise.all(
      released.map(({ metadata }: Item) => request('DELETE', `/api/v1/persistentvolumes/${metadata.name}`)),
    )
  })
  return { stop }
}
