/** A program that tests run and that Go can build from public modules. */
export interface Tool {
  readonly name: string
  /** The folder beside this file whose go.mod pins the program and all that is in it. */
  readonly module: string
  readonly package: string
  /** What is linked into the program, by the name of its variable. */
  readonly variables?: Readonly<Record<string, string>>
  /** For a program that must be linked with libraries in C: its build tags. It becomes a static one all the same. */
  readonly cgoTags?: string
  /** What a machine must have beside Go to build it. */
  readonly needs?: string
}

/** Without these an API server reports a version that its clients refuse. */
function kubeVersion(version: string): Readonly<Record<string, string>> {
  const [major = '', minor = ''] = version.split('.')
  const variables = { gitVersion: `v${version}`, gitMajor: major, gitMinor: minor }
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [`k8s.io/component-base/version.${name}`, value]),
  )
}

const KUBE_VERSION = kubeVersion('1.37.2')

/** Older API servers, for test/kubernetes: the newest patch that Go can build of each minor version. */
export const OLDER_KUBERNETES = ['1.34.3', '1.35.4', '1.36.1'] as const

/** `kube-apiserver-1.34` */
export function apiServerOf(version: string): `kube-apiserver-${string}` {
  return `kube-apiserver-${version.replace(/\.\d+$/, '')}`
}

const CONTAINERD = 'github.com/containerd/containerd/v2/cmd'

/** The quickest to build first. */
export const TOOLS: readonly Tool[] = [
  { name: 'kstatus', module: 'kstatus', package: '.' },
  { name: 'buildkitd-config', module: 'buildkitd-config', package: '.' },
  { name: 'yaml-readers', module: 'yaml-readers', package: '.' },
  { name: 'jv', module: 'jv', package: 'github.com/santhosh-tekuri/jsonschema/cmd/jv' },
  { name: 'actionlint', module: 'actionlint', package: 'github.com/rhysd/actionlint/cmd/actionlint' },
  { name: 'crane', module: 'crane', package: 'github.com/google/go-containerregistry/cmd/crane' },
  { name: 'kustomize', module: 'kustomize', package: 'sigs.k8s.io/kustomize/kustomize/v5' },
  { name: 'etcd', module: 'etcd', package: 'go.etcd.io/etcd/server/v3' },
  {
    name: 'kube-apiserver',
    module: 'kube',
    package: 'k8s.io/kubernetes/cmd/kube-apiserver',
    variables: KUBE_VERSION,
  },
  { name: 'kubectl', module: 'kube', package: 'k8s.io/kubernetes/cmd/kubectl', variables: KUBE_VERSION },
  { name: 'helm', module: 'helm', package: 'helm.sh/helm/v4/cmd/helm' },
  { name: 'cert-manager', module: 'cert-manager', package: '.' },
  { name: 'prometheus', module: 'promtool', package: 'github.com/prometheus/prometheus/cmd/prometheus' },
  { name: 'promtool', module: 'promtool', package: 'github.com/prometheus/prometheus/cmd/promtool' },
  {
    name: 'argocd',
    module: 'argocd',
    package: 'github.com/argoproj/argo-cd/v3/cmd',
    variables: { 'github.com/argoproj/argo-cd/v3/common.version': '3.6.1' },
  },
  { name: 'kustomize-controller', module: 'flux', package: 'github.com/fluxcd/kustomize-controller' },
  // A node with builders, for test/node.
  { name: 'containerd-shim-runc-v2', module: 'containerd', package: `${CONTAINERD}/containerd-shim-runc-v2` },
  { name: 'ctr', module: 'containerd', package: `${CONTAINERD}/ctr` },
  { name: 'containerd', module: 'containerd', package: `${CONTAINERD}/containerd` },
  {
    name: 'runc',
    module: 'runc',
    package: 'github.com/opencontainers/runc',
    cgoTags: 'seccomp netgo osusergo',
    needs: 'the Debian packages gcc, pkg-config and libseccomp-dev',
  },
  {
    name: 'rootlesskit',
    module: 'rootlesskit',
    package: 'github.com/rootless-containers/rootlesskit/v2/cmd/rootlesskit',
  },
  { name: 'registry', module: 'registry', package: 'github.com/distribution/distribution/v3/cmd/registry' },
  { name: 'kube-scheduler', module: 'kube', package: 'k8s.io/kubernetes/cmd/kube-scheduler', variables: KUBE_VERSION },
  {
    name: 'kube-controller-manager',
    module: 'kube',
    package: 'k8s.io/kubernetes/cmd/kube-controller-manager',
    variables: KUBE_VERSION,
  },
  { name: 'kubelet', module: 'kube', package: 'k8s.io/kubernetes/cmd/kubelet', variables: KUBE_VERSION },
  { name: 'buildx', module: 'buildx', package: 'github.com/docker/buildx/cmd/buildx' },
  { name: 'buildctl', module: 'buildkit', package: 'github.com/moby/buildkit/cmd/buildctl' },
  { name: 'buildkitd', module: 'buildkit', package: 'github.com/moby/buildkit/cmd/buildkitd' },
  ...OLDER_KUBERNETES.map((version) => ({
    name: apiServerOf(version),
    module: apiServerOf(version).replace('-apiserver', ''),
    package: 'k8s.io/kubernetes/cmd/kube-apiserver',
    variables: kubeVersion(version),
  })),
]
