import type { Path } from '../../../crds/validate.ts'
import { podsOf } from '../breaches/builders-in-words.ts'
import { manifests } from '../example.ts'
import type { TemplateFacts } from '../facts/facts.ts'
import { demandedLabels, NODE_TERMS, requiredNodeTerms } from '../facts/scheduling.ts'
import type { Rule } from '../rule.ts'

const HOSTNAME = 'kubernetes.io/hostname'

/** Replicas that go together. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'All replicas of a builder must run on one node.',
    why: 'A drain of that node evicts one Pod, whose successor finds no other node. The PodDisruptionBudget keeps the others until it is ready, so the drain never ends. Select a pool of nodes, or leave `spec.replicas` out.',
    source:
      'kubernetes v1.37.2, pkg/registry/core/pod/storage/eviction.go, checkAndDecrement; fn/render/disruption-budget.ts',
    example: {
      wrong: manifests(
        { kind: 'BuildkitTemplate', spec: { scheduling: { nodeSelector: { [HOSTNAME]: 'node-1' } } } },
        { kind: 'Buildkit', spec: { replicas: 2 } },
      ),
      right: manifests(
        { kind: 'BuildkitTemplate', spec: { scheduling: { nodeSelector: { pool: 'builders' } } } },
        { kind: 'Buildkit', spec: { replicas: 2 } },
      ),
    },
  }),
  of: 'builder',
  needs: 'scheduling',
  find: ({ template, replicas, buildkits }) => {
    const [place] = replicas > 1 ? placesIn(template) : []
    if (!place) return []
    const message = `must allow several nodes for ${podsOf(buildkits)}, got "${place.node}"`
    return [{ item: template.template.item, path: place.path, message, currentValue: place.node }]
  },
}

interface Place {
  readonly path: Path
  readonly node: unknown
}

/** The fields that name the only node. */
function placesIn(template: TemplateFacts): readonly Place[] {
  const labels = demandedLabels(template).filter(({ label }) => label === HOSTNAME)
  const [{ matchFields = [] } = {}, ...others] = requiredNodeTerms(template.spec.scheduling)
  const named = others.length === 0 ? matchFields : []
  return [
    ...labels.map(({ value, path }) => ({ path, node: value })),
    ...named.flatMap(({ operator, values = [] }, at) =>
      operator === 'In' && values.length === 1
        ? [{ path: [...NODE_TERMS, 0, 'matchFields', at, 'values', 0], node: values[0] }]
        : [],
    ),
  ]
}
