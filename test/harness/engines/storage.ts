import type { Cluster } from '../servers/cluster.ts'
import { type Beside, startControllerManager, startScheduler } from '../servers/control-plane.ts'
import { NODE } from './kubelet.ts'
import { startProvisioner } from './provisioner.ts'

/** StorageClasses of a cluster with storage: the default one, another one like it, and one whose volumes cannot grow. */
export const [STANDARD, FAST, FIXED] = ['standard', 'fast', 'fixed']
const PROVISIONER = 'example.com/disk'
const CONTROLLERS = [
  'disruption-controller',
  'persistentvolume-binder-controller',
  'persistentvolume-protection-controller',
  'persistentvolumeclaim-protection-controller',
]

/** Kubernetes' own scheduler, its controllers of volumes and of PodDisruptionBudgets, one node, and a stand-in for the provisioner of its volumes. */
export async function startStorage(cluster: Cluster): Promise<Beside> {
  await createNode(cluster)
  await createClasses(cluster)
  const servers = await Promise.all([startControllerManager(cluster, CONTROLLERS), startScheduler(cluster)])
  const provisioner = startProvisioner(cluster, PROVISIONER)
  return {
    stop: async () => {
      await provisioner.stop()
      await Promise.all(servers.map((server) => server.stop()))
    },
  }
}

async function createNode({ request }: Cluster): Promise<void> {
  const labels = { 'kubernetes.io/arch': 'amd64', 'kubernetes.io/hostname': NODE, 'kubernetes.io/os': 'linux' }
  await request('POST', '/api/v1/nodes', { metadata: { name: NODE, labels } })
  // Admission gives each new node a taint, which the node lifecycle controller would remove.
  await request('PATCH', `/api/v1/nodes/${NODE}`, { spec: { taints: null } })
  const capacity = { cpu: '1000', memory: '10Ti', pods: '1000', 'ephemeral-storage': '100Ti' }
  const conditions = [{ type: 'Ready', status: 'True' }]
  await request('PATCH', `/api/v1/nodes/${NODE}/status`, { status: { capacity, allocatable: capacity, conditions } })
}

async function createClasses({ request }: Cluster): Promise<void> {
  const create = (name: string, allowVolumeExpansion: boolean, annotations = {}) =>
    request('POST', '/apis/storage.k8s.io/v1/storageclasses', {
      metadata: { name, annotations },
      provisioner: PROVISIONER,
      volumeBindingMode: 'WaitForFirstConsumer',
      allowVolumeExpansion,
    })
  await create(STANDARD, true, { 'storageclass.kubernetes.io/is-default-class': 'true' })
  await create(FAST, true)
  await create(FIXED, false)
}
