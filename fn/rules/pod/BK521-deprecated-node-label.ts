import type { Path } from '../../../crds/validate.ts'
import type { Breach } from '../breaches/breach.ts'
import { templateOf } from '../example.ts'
import type { TemplateFacts } from '../facts/facts.ts'
import { NODE_TERMS, requiredNodeTerms } from '../facts/scheduling.ts'
import type { Rule } from '../rule.ts'

/** kubernetes v1.37.2, pkg/api/node/util.go, deprecatedNodeLabels; with what took their place. */
const DEPRECATED: Readonly<Record<string, string>> = {
  'beta.kubernetes.io/arch': 'kubernetes.io/arch',
  'beta.kubernetes.io/os': 'kubernetes.io/os',
  'failure-domain.beta.kubernetes.io/region': 'topology.kubernetes.io/region',
  'failure-domain.beta.kubernetes.io/zone': 'topology.kubernetes.io/zone',
  'beta.kubernetes.io/instance-type': 'node.kubernetes.io/instance-type',
  'app.kubernetes.io/created-by': '',
  'scheduler.alpha.kubernetes.io/preferAvoidPods': '',
  'node-role.kubernetes.io/master': 'node-role.kubernetes.io/control-plane',
}

/** Node labels of long ago. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'A node is selected by a label that Kubernetes has deprecated.',
    why: 'The API server warns about it. If no node has the label any more, the Pod stays Pending.',
    source: 'kubernetes v1.37.2, pkg/api/node/util.go, GetNodeLabelDeprecatedMessage',
    example: {
      wrong: templateOf({ scheduling: { nodeSelector: { 'beta.kubernetes.io/arch': 'arm64' } } }),
      right: templateOf({ scheduling: { nodeSelector: { 'kubernetes.io/arch': 'arm64' } } }),
    },
  }),
  of: 'template',
  needs: 'scheduling',
  find: ({ spec }) =>
    placesOf(spec.scheduling).flatMap(({ key, path }) => {
      const proposedValue = Object.hasOwn(DEPRECATED, key) ? DEPRECATED[key] : undefined
      if (proposedValue === undefined) return []
      const isThere = path.at(-1) === key && Object.hasOwn(spec.scheduling.nodeSelector ?? {}, proposedValue)
      const message =
        proposedValue === ''
          ? `must not be "${key}", which no node has; remove it`
          : `must be "${proposedValue}", got "${key}"${isThere ? ' beside it; remove it' : ''}`
      return [
        { path, message, currentValue: key, ...(!isThere && proposedValue && { proposedValue }) } satisfies Breach,
      ]
    }),
}

interface Place {
  readonly key: string
  readonly path: Path
}

function placesOf(scheduling: TemplateFacts['spec']['scheduling']): Place[] {
  const { nodeSelector, affinity, topologySpreadConstraints = [] } = scheduling
  const path = ['spec', 'scheduling', 'affinity', 'nodeAffinity']
  const preferred = affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []
  const terms = [
    ...requiredNodeTerms(scheduling).map((term, at) => ({ term, at: [...NODE_TERMS, at] })),
    ...preferred.map(({ preference: term }, at) => {
      return { term, at: [...path, 'preferredDuringSchedulingIgnoredDuringExecution', at, 'preference'] }
    }),
  ]
  return [
    ...Object.keys(nodeSelector ?? {}).map((key) => ({ key, path: ['spec', 'scheduling', 'nodeSelector', key] })),
    ...terms.flatMap(({ term: { matchExpressions = [] }, at }) => {
      return matchExpressions.map(({ key }, index) => ({ key, path: [...at, 'matchExpressions', index, 'key'] }))
    }),
    ...topologySpreadConstraints.map(({ topologyKey: key }, at) => {
      return { key, path: ['spec', 'scheduling', 'topologySpreadConstraints', at, 'topologyKey'] }
    }),
  ]
}
