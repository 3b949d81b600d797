import type { Shape, TableShape } from './shape.ts'

/** The release that `BUILDKITD_KEYS` describes. */
export const BUILDKITD_KEYS_VERSION = { major: 0, minor: 34, patch: 2 }

const STRINGS: Shape = { list: 'string' }

/** BuildKit's GCConfig and NetworkConfig, and what else both kinds of worker have. */
const WORKER_KEYS: TableShape['keys'] = {
  enabled: 'boolean',
  labels: { each: 'string' },
  platforms: STRINGS,
  snapshotter: 'string',
  rootless: 'boolean',
  gc: 'boolean',
  gckeepstorage: 'size',
  reservedSpace: 'size',
  maxUsedSpace: 'size',
  minFreeSpace: 'size',
  gcpolicy: {
    list: {
      keys: {
        all: 'boolean',
        filters: STRINGS,
        keepDuration: 'duration',
        keepBytes: 'size',
        reservedSpace: 'size',
        maxUsedSpace: 'size',
        minFreeSpace: 'size',
      },
    },
  },
  networkMode: 'string',
  cniConfigPath: 'string',
  cniBinaryPath: 'string',
  cniPoolSize: 'integer',
  bridgeName: 'string',
  bridgeSubnet: 'string',
  defaultCgroupParent: 'string',
  'apparmor-profile': 'string',
  selinux: 'boolean',
  'max-parallelism': 'integer',
}

/** Of a signed GitHub Actions cache: BuildKit's VerifyPolicy, with the fields of sigstore-go's certificate summary. */
const VERIFY_POLICY: Shape = {
  keys: {
    timestampThreshold: 'integer',
    tlogThreshold: 'integer',
    CertificateIssuer: 'string',
    SubjectAlternativeName: 'string',
    Issuer: 'string',
    GithubWorkflowTrigger: 'string',
    GithubWorkflowSHA: 'string',
    GithubWorkflowName: 'string',
    GithubWorkflowRepository: 'string',
    GithubWorkflowRef: 'string',
    BuildSignerURI: 'string',
    BuildSignerDigest: 'string',
    RunnerEnvironment: 'string',
    SourceRepositoryURI: 'string',
    SourceRepositoryDigest: 'string',
    SourceRepositoryRef: 'string',
    SourceRepositoryIdentifier: 'string',
    SourceRepositoryOwnerURI: 'string',
    SourceRepositoryOwnerIdentifier: 'string',
    BuildConfigURI: 'string',
    BuildConfigDigest: 'string',
    BuildTrigger: 'string',
    RunInvocationURI: 'string',
    SourceRepositoryVisibilityAtSigning: 'string',
  },
}

const COMPACTION: Shape = {
  keys: {
    enabled: 'boolean',
    idleTimeout: 'duration',
    maxRetry: 'integer',
    writesPerCheck: 'unsigned',
    sizeWatermark: 'integer',
    sizeGrowthPercent: 'integer',
    minReclaimBytes: 'integer',
    minReclaimPercent: 'integer',
    minReclaimPercentFloor: 'integer',
  },
}

const REGISTRY: Shape = {
  keys: {
    mirrors: STRINGS,
    http: 'boolean',
    insecure: 'boolean',
    ca: STRINGS,
    keypair: { list: { keys: { key: 'string', cert: 'string' } } },
    tlsconfigdir: STRINGS,
  },
}

/** Every key of buildkitd.toml, as the structs in BuildKit's cmd/buildkitd/config have them; a test compares the two. */
export const BUILDKITD_KEYS: TableShape = {
  keys: {
    debug: 'boolean',
    trace: 'boolean',
    root: 'string',
    'insecure-entitlements': STRINGS,
    proxyNetwork: 'boolean',
    log: { keys: { format: 'string', level: 'string' } },
    grpc: {
      keys: {
        address: STRINGS,
        debugAddress: 'string',
        uid: 'integer',
        gid: 'integer',
        securityDescriptor: 'string',
        tls: { keys: { cert: 'string', key: 'string', ca: 'string' } },
      },
    },
    otel: { keys: { socketPath: 'string' } },
    cdi: { keys: { disabled: 'boolean', specDirs: STRINGS, autoAllowed: STRINGS } },
    worker: {
      keys: {
        oci: {
          keys: {
            ...WORKER_KEYS,
            noProcessSandbox: 'boolean',
            userRemapUnsupported: 'string',
            binary: 'string',
            proxySnapshotterPath: 'string',
            stargzSnapshotter: { each: 'anything' },
          },
        },
        containerd: {
          keys: {
            ...WORKER_KEYS,
            address: 'string',
            namespace: 'string',
            runtime: { keys: { name: 'string', path: 'string', options: { each: 'anything' } } },
            hypervIsolation: 'boolean',
          },
        },
      },
    },
    registry: { each: REGISTRY },
    dns: { keys: { nameservers: STRINGS, options: STRINGS, searchDomains: STRINGS } },
    history: { keys: { maxAge: 'duration', maxEntries: 'integer' } },
    frontend: {
      keys: {
        'dockerfile.v0': { keys: { enabled: 'boolean' } },
        'gateway.v0': { keys: { enabled: 'boolean', allowedRepositories: STRINGS } },
      },
    },
    system: {
      keys: { platformsCacheMaxAge: 'duration', maxRegistryConcurrency: 'integer', sessionAuthTimeout: 'duration' },
    },
    provenanceEnvDir: 'string',
    cache: {
      keys: {
        gha: {
          keys: {
            sign: { keys: { command: STRINGS } },
            verify: { keys: { required: 'boolean', policy: VERIFY_POLICY } },
          },
        },
      },
    },
    compaction: COMPACTION,
  },
}
