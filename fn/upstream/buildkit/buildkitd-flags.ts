/** What buildkitd makes of the text behind a flag; `word` is "true", "false" or "auto", and `megabytes` are up to three of them. */
type FlagKind = 'boolean' | 'word' | 'text' | 'list' | 'number' | 'megabytes'

export interface BuildkitdFlag {
  readonly kind: FlagKind
  /** The keys of buildkitd.toml that lead to what the flag sets. */
  readonly keys: readonly string[]
}

type Rows = readonly (readonly [flag: string, kind: FlagKind, key: string])[]

const OF_DAEMON: Rows = [
  ['root', 'text', 'root'],
  ['log-format', 'text', 'log.format'],
  ['log-level', 'text', 'log.level'],
  ['group', 'text', 'grpc.gid'],
  ['debugaddr', 'text', 'grpc.debugAddress'],
  ['tlscert', 'text', 'grpc.tls.cert'],
  ['tlskey', 'text', 'grpc.tls.key'],
  ['tlscacert', 'text', 'grpc.tls.ca'],
  ['addr', 'list', 'grpc.address'],
  ['allow-insecure-entitlement', 'list', 'insecure-entitlements'],
  ['proxy-network', 'boolean', 'proxyNetwork'],
  ['otel-socket-path', 'text', 'otel.socketPath'],
  ['cdi-disabled', 'boolean', 'cdi.disabled'],
  ['cdi-spec-dir', 'list', 'cdi.specDirs'],
]

const OF_WORKERS: Rows = ['oci', 'containerd'].flatMap((worker): Rows => {
  const [flag, key] = [`${worker}-worker`, `worker.${worker}`]
  return [
    [flag, 'word', `${key}.enabled`],
    [`${flag}-labels`, 'list', `${key}.labels`],
    [`${flag}-platform`, 'list', `${key}.platforms`],
    [`${flag}-snapshotter`, 'text', `${key}.snapshotter`],
    [`${flag}-net`, 'text', `${key}.networkMode`],
    [`${worker}-cni-config-path`, 'text', `${key}.cniConfigPath`],
    [`${worker}-cni-binary-dir`, 'text', `${key}.cniBinaryPath`],
    [`${worker}-cni-pool-size`, 'number', `${key}.cniPoolSize`],
    [`${flag}-apparmor-profile`, 'text', `${key}.apparmor-profile`],
    [`${flag}-selinux`, 'boolean', `${key}.selinux`],
    [`${worker}-max-parallelism`, 'number', `${key}.max-parallelism`],
    [`${flag}-rootless`, 'boolean', `${key}.rootless`],
    [`${flag}-gc`, 'boolean', `${key}.gc`],
    [`${flag}-gc-keepstorage`, 'megabytes', `${key}.reservedSpace`],
  ]
})

const OF_ONE_WORKER: Rows = [
  ['rootless', 'boolean', 'worker.oci.rootless'],
  ['oci-worker-proxy-snapshotter-path', 'text', 'worker.oci.proxySnapshotterPath'],
  ['oci-worker-binary', 'text', 'worker.oci.binary'],
  ['oci-worker-no-process-sandbox', 'boolean', 'worker.oci.noProcessSandbox'],
  ['containerd-worker-addr', 'text', 'worker.containerd.address'],
  ['containerd-worker-namespace', 'text', 'worker.containerd.namespace'],
  ['containerd-worker-runtime', 'text', 'worker.containerd.runtime.name'],
  ['containerd-worker-hyperv-isolation', 'boolean', 'worker.containerd.hypervIsolation'],
]

/** The flags of buildkitd that say what a key of buildkitd.toml says (cmd/buildkitd/main*.go of BuildKit v0.34.2), without their dashes. */
export const BUILDKITD_FLAGS: ReadonlyMap<string, BuildkitdFlag> = new Map(
  [...OF_DAEMON, ...OF_WORKERS, ...OF_ONE_WORKER].map(([flag, kind, key]) => [flag, { kind, keys: key.split('.') }]),
)
