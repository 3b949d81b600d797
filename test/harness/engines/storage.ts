import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { binary } from '../servers/binaries.ts'
import type { Cluster } from '../servers/cluster.ts'
import { freePorts } from '../servers/free-ports.ts'
import { startProcess } from '../servers/server-process.ts'
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
export async function startStorage(cluster: Cluster): Promise<{ readonly stop: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'storage-'))
  await createNode(cluster)
  await createClasses(cluster)
  const [manager = 0, scheduler = 0] = await freePorts(2)
  const common = [`--kubeconfig=${cluster.kubeconfig}`, '--leader-elect=false', '--bind-address=127.0.0.1']
  const start = (name: 'kube-controller-manager' | 'kube-scheduler', ...args: readonly string[]) =>
    startProcess(binary(name), [...common, ...args], { log: join(folder, `${name}.log`) })
  const servers = [
    start('kube-controller-manager', `--secure-port=${manager}`, `--controllers=${CONTROLLERS.join(',')}`),
    start('kube-scheduler', `--secure-port=${scheduler}`),
  ]
  const provisioner = startProvisioner(cluster, PROVISIONER)
  return {
    stop: async () => {
      await provisioner.stop()
      await Promise.all(servers.map((server) => server.stop()))
      await rm(folder, { recursive: true, force: true })
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
