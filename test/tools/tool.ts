/** A program that tests run and that Go can build from public modules. */
export interface Tool {
  readonly name: string
  /** The folder beside this file whose go.mod pins the program and all that is in it. */
  readonly module: string
  readonly package: string
  /** What is linked into the program, by the name of its variable. */
  readonly variables?: Readonly<Record<string, string>>
}

/** Without these an API server reports a version that its clients refuse. */
const KUBE_VERSION = {
  'k8s.io/component-base/version.gitVersion': 'v1.37.2',
  'k8s.io/component-base/version.gitMajor': '1',
  'k8s.io/component-base/version.gitMinor': '37',
}

/** The quickest to build first. */
export const TOOLS: readonly Tool[] = [
  { name: 'kstatus', module: 'kstatus', package: '.' },
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
]
