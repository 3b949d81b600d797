import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Node } from './node.ts'

const STORAGE_CLASS = 'network'

/**
 * Adds PersistentVolumes that every node of a cluster can mount, as a disk in a network: the machines of a test share their files. Only one
 * Pod at a time may use one. Returns the name of their StorageClass.
 */
export async function addNetworkVolumes(node: Node, names: readonly string[]): Promise<string> {
  const storageClass = {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: STORAGE_CLASS },
    provisioner: 'kubernetes.io/no-provisioner',
  }
  const folder = join(node.folder, 'network-volumes')
  for (const name of names) await mkdir(join(folder, name), { recursive: true })
  const volumes = names.map((name) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name },
    spec: {
      capacity: { storage: '10Gi' },
      accessModes: ['ReadWriteOncePod'],
      persistentVolumeReclaimPolicy: 'Retain',
      storageClassName: STORAGE_CLASS,
      hostPath: { path: join(folder, name) },
    },
  }))
  await node.kubectl(
    ['apply', '-f', '-'],
    [storageClass, ...volumes].map((each) => JSON.stringify(each)).join('\n---\n'),
  )
  return STORAGE_CLASS
}
