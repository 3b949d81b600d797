import { generateKeyPairSync } from 'node:crypto'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AUDIT_POLICY } from '../servers/audit-log.ts'
import { binary } from '../servers/binaries.ts'

const TOKEN = 'admin-token'
/** What Pods reach by the Service `kubernetes`: the API server itself listens there, so that nothing has to forward. */
export const SERVICE_IP = '10.0.0.1'

/** What tells the machines of a cluster apart. */
export interface Machine {
  /** As its node is called. */
  readonly name: string
  readonly ip: string
  /** Of its Pods. */
  readonly subnet: string
  /** Where it reaches the API server. */
  readonly server: string
}

/** The machine that has the control plane, too. */
export const FIRST_MACHINE: Machine = {
  name: 'n1',
  ip: SERVICE_IP,
  subnet: '10.222.0.0/24',
  server: 'https://127.0.0.1:443',
}

/** Writes what the programs of the first node and of the control plane are configured with into a folder. */
export async function writeNodeFiles(folder: string): Promise<void> {
  await writeMachineFiles(folder, FIRST_MACHINE)
  for (const name of ['home', 'images']) await mkdir(join(folder, name))
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  await writeFile(join(folder, 'pki/sa.key'), privateKey.export({ type: 'pkcs1', format: 'pem' }))
  await writeFile(join(folder, 'tokens.csv'), `${TOKEN},admin,admin,system:masters\n`)
  await writeFile(join(folder, 'audit.yaml'), JSON.stringify(AUDIT_POLICY))
}

/** The same of containerd and the kubelet, which every machine has. */
export async function writeMachineFiles(folder: string, machine: Machine): Promise<void> {
  // Whoever runs in a user namespace must be able to walk down to the containers' folders.
  await chmod(folder, 0o711)
  for (const name of ['pki', 'cni', 'containerd', 'run', 'kubelet']) await mkdir(join(folder, name))
  await writeFile(join(folder, 'kubeconfig'), JSON.stringify(kubeconfigOf(machine)))
  await writeFile(join(folder, 'cni/10-bridge.conflist'), JSON.stringify(cni(folder, machine)))
  await writeFile(join(folder, 'containerd.toml'), containerdToml(folder))
  await writeFile(join(folder, 'kubelet.yaml'), JSON.stringify(kubeletConfiguration(folder)))
}

function kubeconfigOf({ server }: Machine) {
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'node', cluster: { server, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'admin', user: { token: TOKEN } }],
    contexts: [{ name: 'node', context: { cluster: 'node', user: 'admin' } }],
    'current-context': 'node',
  }
}

/** Each node has its own list of addresses: one for all would be used up by nodes that ended before their Pods. */
function cni(folder: string, { subnet }: Machine) {
  const dataDir = `${folder}/addresses`
  const ranges = [[{ subnet }]]
  return {
    cniVersion: '1.0.0',
    name: 'pods',
    plugins: [
      {
        type: 'bridge',
        bridge: 'cni0',
        isGateway: true,
        ipMasq: false,
        ipam: { type: 'host-local', dataDir, ranges, routes: [{ dst: '0.0.0.0/0' }] },
      },
      { type: 'loopback' },
    ],
  }
}

/** The folder in which containerd looks up how to reach a registry, by its name. */
export function registriesFolder(folder: string): string {
  return join(folder, 'registries')
}

/** Machines for tests may lack CAP_SYS_RESOURCE and AppArmor. */
function containerdToml(folder: string): string {
  return `version = 3
root = '${folder}/containerd/root'
state = '${folder}/containerd/state'

[grpc]
  address = '${folder}/run/containerd.sock'

[plugins.'io.containerd.cri.v1.images'.registry]
  config_path = '${registriesFolder(folder)}'

[plugins.'io.containerd.cri.v1.images'.pinned_images]
  sandbox = 'registry.k8s.io/pause:3.10'

[plugins.'io.containerd.cri.v1.runtime']
  restrict_oom_score_adj = true
  disable_apparmor = true
  netns_mounts_under_state_dir = true

[plugins.'io.containerd.cri.v1.runtime'.cni]
  bin_dirs = ['/usr/lib/cni']
  conf_dir = '${folder}/cni'

[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc]
  runtime_type = 'io.containerd.runc.v2'

[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc.options]
  BinaryName = '${binary('runc')}'
  SystemdCgroup = false
`
}

/** A kubelet that asks little of its machine: no cgroups of its own, no eviction, no rules for a service network. */
function kubeletConfiguration(folder: string) {
  return {
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    containerRuntimeEndpoint: `unix://${folder}/run/containerd.sock`,
    failCgroupV1: false,
    cgroupDriver: 'cgroupfs',
    cgroupsPerQOS: false,
    enforceNodeAllocatable: [],
    failSwapOn: false,
    makeIPTablesUtilChains: false,
    resolvConf: '',
    localStorageCapacityIsolation: false,
    authentication: { anonymous: { enabled: true }, webhook: { enabled: false } },
    authorization: { mode: 'AlwaysAllow' },
    evictionHard: {
      'memory.available': '0%',
      'nodefs.available': '0%',
      'imagefs.available': '0%',
      'nodefs.inodesFree': '0%',
      'imagefs.inodesFree': '0%',
    },
    nodeStatusUpdateFrequency: '2s',
    // How often it looks whether a Secret that a Pod mounts has changed; a minute by default.
    syncFrequency: '5s',
    nodeLeaseDurationSeconds: 4,
  }
}
