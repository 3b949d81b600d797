/** `folder` is that of a cluster, with its keys and tokens; the numbers are ports of 127.0.0.1. */
export function etcdArguments(folder: string, client: number, peer: number): readonly string[] {
  return [
    `--data-dir=${folder}/etcd`,
    `--listen-client-urls=http://127.0.0.1:${client}`,
    `--advertise-client-urls=http://127.0.0.1:${client}`,
    `--listen-peer-urls=http://127.0.0.1:${peer}`,
    `--initial-advertise-peer-urls=http://127.0.0.1:${peer}`,
    `--initial-cluster=default=http://127.0.0.1:${peer}`,
    '--unsafe-no-fsync',
  ]
}

export function apiServerArguments(folder: string, etcd: number, port: number): readonly string[] {
  const key = `${folder}/pki/sa.key`
  return [
    `--etcd-servers=http://127.0.0.1:${etcd}`,
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    `--secure-port=${port}`,
    `--cert-dir=${folder}/pki`,
    `--service-account-key-file=${key}`,
    `--service-account-signing-key-file=${key}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    '--service-cluster-ip-range=10.0.0.0/24',
    '--authorization-mode=RBAC',
    `--token-auth-file=${folder}/tokens.csv`,
    // With it, a Pod waits for the ServiceAccount that kube-controller-manager would make.
    '--disable-admission-plugins=ServiceAccount',
    '--endpoint-reconciler-type=none',
    '--allow-privileged=true',
  ]
}
