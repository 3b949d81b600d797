const TEAMS = ['payments', 'search', 'checkout', 'identity', 'mobile', 'data', 'platform']
const REPOSITORIES = ['api', 'web', 'worker', 'gateway', 'images']

export interface Buildkit {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: {
    readonly name: string
    readonly namespace: string
    readonly annotations?: Record<string, string>
  }
  readonly spec: {
    readonly template: string
    readonly resources?: object
    readonly labels?: Record<string, string>
    readonly annotations?: Record<string, string>
  }
}

/**
 * The Buildkit with number `at`: most name a template and nothing else; some ask for more resources, carry their team's label,
 * an annotation that no other has, or an Argo CD sync wave.
 */
export function buildkitOf(at: number, templates: readonly string[]): Buildkit {
  const team = TEAMS[at % TEAMS.length] as string
  const name = `${team}-${REPOSITORIES[at % REPOSITORIES.length]}-${String(at).padStart(5, '0')}`
  return {
    apiVersion: 'buildkit.seatgeek.io/v1alpha1',
    kind: 'Buildkit',
    metadata: {
      name,
      namespace: 'ci',
      ...(at % 9 === 4 && { annotations: { 'argocd.argoproj.io/sync-wave': '5' } }),
    },
    spec: {
      template: templates[at % templates.length] as string,
      ...(at % 11 === 3 && { resources: { requests: { cpu: '2', memory: '3Gi' }, limits: { memory: '4Gi' } } }),
      ...(at % 4 === 1 && { labels: { 'ci.example.com/team': team } }),
      ...(at % 13 === 7 && { annotations: { 'ci.example.com/repository': `https://git.example.com/${team}/${name}` } }),
    },
  }
}
