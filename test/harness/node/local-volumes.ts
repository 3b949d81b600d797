import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Node } from './node.ts'

const STORAGE_CLASS = 'local'

export interface LocalVolume {
  readonly name: string
  /** A volume for "ReadWriteOncePod" can have no other access mode. */
  readonly accessMode: 'ReadWriteOncePod' | 'ReadWriteOnce'
}

/**
 * Adds PersistentVolumes that are folders of the node; nothing provisions them, so that each claim needs one that is there before. Returns the
 * name of their StorageClass, which binds a claim once a Pod that uses it is scheduled.
 */
export async function addLocalVolumes(node: Node, volumes: readonly LocalVolume[]): Promise<string> {
  const storageClass = {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: STORAGE_CLASS },
    provisioner: 'kubernetes.io/no-provisioner',
    volumeBindingMode: 'WaitForFirstConsumer',
  }
  const manifests = [storageClass, ...volumes.map((volume) => persistentVolume(node, volume))]
  for (const { name } of volumes) await mkdir(folderOfVolume(node, name), { recursive: true })
  await node.kubectl(['apply', '-f', '-'], manifests.map((each) => JSON.stringify(each)).join('\n---\n'))
  return STORAGE_CLASS
}

/** Where the files of a volume are. */
export function folderOfVolume({ folder }: Node, name: string): string {
  return join(folder, 'volumes', name)
}

function persistentVolume(node: Node, { name, accessMode }: LocalVolume) {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name },
    spec: {
      capacity: { storage: '10Gi' },
      accessModes: [accessMode],
      persistentVolumeReclaimPolicy: 'Retain',
      storageClassName: STORAGE_CLASS,
      local: { path: folderOfVolume(node, name) },
      nodeAffinity: {
        required: {
          nodeSelectorTerms: [
            { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: ['n1'] }] },
          ],
        },
      },
    },
  }
}
