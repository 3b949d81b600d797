import { auditArguments } from '../servers/audit-log.ts'
import type { Machine } from './node-files.ts'

const CONTROLLERS = [
  'disruption-controller',
  'garbage-collector-controller',
  'namespace-controller',
  'node-lifecycle-controller',
  'pod-garbage-collector-controller',
  'root-ca-certificate-publisher-controller',
  'serviceaccount-controller',
  'taint-eviction-controller',
  // What a Deployment needs.
  'deployment-controller',
  'replicaset-controller',
  // What Services need.
  'endpointslice-controller',
  // What claims need.
  'ephemeral-volume-controller',
  'persistentvolume-binder-controller',
  'persistentvolumeclaim-protection-controller',
]

function apiServerFlags(folder: string): readonly string[] {
  return [
    ...auditArguments(folder),
    '--etcd-servers=http://127.0.0.1:2379',
    '--bind-address=0.0.0.0',
    '--advertise-address=127.0.0.1',
    '--secure-port=443',
    `--cert-dir=${folder}/pki`,
    `--service-account-key-file=${folder}/pki/sa.key`,
    `--service-account-signing-key-file=${folder}/pki/sa.key`,
    '--service-account-issuer=https://kubernetes.default.svc',
    '--service-cluster-ip-range=10.0.0.0/24',
    '--authorization-mode=RBAC',
    `--token-auth-file=${folder}/tokens.csv`,
    '--endpoint-reconciler-type=none',
    // Nothing knows the name of the node.
    '--kubelet-preferred-address-types=InternalIP',
    '--allow-privileged=true',
  ]
}

/** The programs of the control plane, in the order in which they start; each with its arguments. */
export function controlPlane(folder: string): Readonly<Record<string, readonly string[]>> {
  const kubeconfig = `--kubeconfig=${folder}/kubeconfig`
  return {
    etcd: [`--data-dir=${folder}/etcd`, '--unsafe-no-fsync'],
    'kube-apiserver': apiServerFlags(folder),
    'kube-scheduler': [kubeconfig, '--leader-elect=false', '--secure-port=0'],
    'kube-controller-manager': [
      kubeconfig,
      '--leader-elect=false',
      '--secure-port=0',
      `--controllers=${CONTROLLERS.join(',')}`,
      `--service-account-private-key-file=${folder}/pki/sa.key`,
      `--root-ca-file=${folder}/pki/apiserver.crt`,
      '--node-monitor-grace-period=10s',
      '--node-monitor-period=1s',
    ],
  }
}

/** Those of a machine. */
export function machinePrograms(
  folder: string,
  { name, ip }: Machine,
): Record<'containerd' | 'kubelet', readonly string[]> {
  return {
    containerd: ['--config', `${folder}/containerd.toml`],
    kubelet: [
      `--kubeconfig=${folder}/kubeconfig`,
      `--config=${folder}/kubelet.yaml`,
      `--root-dir=${folder}/kubelet`,
      `--hostname-override=${name}`,
      `--node-ip=${ip}`,
      `--cert-dir=${folder}/pki`,
    ],
  }
}
