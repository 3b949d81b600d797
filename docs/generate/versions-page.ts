import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const TOOLS = join(import.meta.dirname, '../../test/tools')

/** A program of others: the module in which Go finds it, and what the tests do with it. */
interface Program {
  readonly name: string
  /** The folders of test/tools that pin it. */
  readonly folders: string
  readonly module: string
  readonly tried: string
  /** The version that users know, from that of the module. */
  readonly version?: (module: string) => string
}

const PROGRAMS: readonly Program[] = [
  {
    name: 'Kubernetes API server',
    folders: 'kube*',
    module: 'k8s.io/kubernetes',
    tried: 'the CRDs, every example applied twice, the controller from creation to garbage collection',
  },
  {
    name: 'Kubernetes node',
    folders: 'kube',
    module: 'k8s.io/kubernetes',
    tried: 'builds, rolls, caches and TLS in all three modes; the controller as its chart installs it',
  },
  {
    name: 'containerd',
    folders: 'containerd',
    module: 'github.com/containerd/containerd/v2',
    tried: 'the same as the Kubernetes node',
  },
  {
    name: 'BuildKit',
    folders: 'buildkit',
    module: 'github.com/moby/buildkit',
    tried: 'every key of `buildkitdToml`, builds in all modes',
  },
  {
    name: 'buildx',
    folders: 'buildx',
    module: 'github.com/docker/buildx',
    tried: 'every client of [Connect to builders](connect.md)',
  },
  {
    name: 'Argo CD',
    folders: 'argocd*',
    module: 'github.com/argoproj/argo-cd/v3',
    tried: 'a builder from creation to deletion, rendered in Git and by the plugin; the health of Buildkits',
  },
  {
    name: 'Flux kustomize-controller',
    folders: 'flux',
    module: 'github.com/fluxcd/kustomize-controller',
    tried: 'a builder from creation to deletion',
  },
  {
    name: 'kustomize',
    folders: 'kustomize',
    module: 'sigs.k8s.io/kustomize/kustomize/v5',
    tried: '[examples/kustomize](../examples/kustomize), the function, name references',
  },
  {
    name: 'Helm',
    folders: 'helm',
    module: 'helm.sh/helm/v4',
    tried: 'the chart: install, upgrade, rollback, uninstall',
  },
  {
    name: 'cert-manager',
    folders: 'cert-manager',
    module: 'github.com/cert-manager/cert-manager',
    tried: 'rendered Certificates, renewal',
  },
  {
    name: 'Prometheus',
    folders: 'promtool',
    module: 'github.com/prometheus/prometheus',
    tried: 'alerts, queries of the dashboards, metrics of builders',
    version: (module) => module.replace(/^0\.3(\d\d)\./, (_, minor) => `3.${Number(minor)}.`),
  },
]

/** The version of kpt is that of a package of Debian; a test compares it. */
export const KPT = '1.0.0-beta.56'

/** docs/versions.md: what the tests of this version ran against. */
export function versionsPage(): string {
  const rows = PROGRAMS.map((program) => `| ${program.name} | ${versionsOf(program).join(', ')} | ${program.tried} |\n`)
  return `# Versions of other programs

The tests of this version run the real programs in the following versions. Other versions were not tried. The controller requires Kubernetes 1.31 or newer,
and [Modes](modes.md) lists what each mode requires of a node. \`npm run generate\` writes this page from what [test/tools](../test/tools) pins.

| program | versions | what the tests run |
| --- | --- | --- |
${rows.join('')}| kpt | ${KPT} | \`kpt fn render\`, \`kpt fn eval\`, \`kpt live apply\` |
| Node.js | 20, 22, 24, 26 | both programs and the npm package; \`buildkit-controller --kubeconfig\` and the source need the version in \`engines\` of package.json |
`
}

function versionsOf({ folders, module, version = (text) => text }: Program): readonly string[] {
  const files = globSync(`${folders}/go.mod`, { cwd: TOOLS }).map((path) => readFileSync(join(TOOLS, path), 'utf8'))
  const pinned = new RegExp(`^\\s*(?:require )?${module.replaceAll('.', '\\.')} v(\\S+)`, 'm')
  const versions = files.flatMap((text) => pinned.exec(text)?.[1] ?? []).map(version)
  if (versions.length === 0) throw new Error(`must find the version of ${module} in test/tools/${folders}/go.mod`)
  return versions.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
}
