import type { Path } from '../../../crds/validate.ts'
import type { TemplateFacts } from './facts.ts'

/** A label with the one value that a node must have, and the field that says so. */
export interface DemandedLabel {
  readonly label: string
  readonly value: string
  readonly path: Path
}

const TERMS = [
  'spec',
  'scheduling',
  'affinity',
  'nodeAffinity',
  'requiredDuringSchedulingIgnoredDuringExecution',
  'nodeSelectorTerms',
]

/** The labels that every node of a template's builders has: its `nodeSelector`, and what the only term of a required affinity leaves no choice about. */
export function demandedLabels({ spec: { scheduling } }: TemplateFacts): readonly DemandedLabel[] {
  const { nodeSelector = {}, affinity } = scheduling
  const terms = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? []
  const [{ matchExpressions = [] } = {}, ...others] = terms
  const isChoice = others.length > 0
  return [
    ...Object.entries(nodeSelector).map(([label, value]) => {
      return { label, value, path: ['spec', 'scheduling', 'nodeSelector', label] }
    }),
    ...matchExpressions.flatMap(({ key, operator, values = [] }, at) => {
      const [value, ...more] = values
      if (isChoice || operator !== 'In' || value === undefined || more.length > 0) return []
      return [{ label: key, value, path: [...TERMS, 0, 'matchExpressions', at, 'values', 0] }]
    }),
  ]
}
