import type { Rule } from '../rule.ts'

/** A request or limit above what its template allows. */
export const CAPPED: Rule = {
  id: 'BK502',
  severity: 'warning',
  what: "A request or limit is above the template's `resources.maximum`, and was lowered to it.",
  why: 'The builder gets less than its manifest says, which shows only when a build runs out of it.',
  source: 'docs/reference.md, BuildkitTemplate.spec.resources',
  example: {
    wrong: `kind: BuildkitTemplate
spec:
  resources:
    default:
      limits:
        cpu: "8"
    maximum:
      cpu: "4"
`,
    right: `kind: BuildkitTemplate
spec:
  resources:
    default:
      limits:
        cpu: "4"
    maximum:
      cpu: "4"
`,
  },
  of: 'builder',
  find: ({ template, buildkits, blueprint }) => {
    const [buildkit] = buildkits
    const own = buildkit?.value.spec.resources ? buildkit : undefined
    const prefix = own ? 'spec.resources' : 'spec.resources.default'
    return blueprint.caps.map(({ field, from, to }) => ({
      item: (own ?? template.template).item,
      path: `${prefix}.${field}`,
      message: `must be at most the ${to} that template "${template.template.value.metadata.name}" allows; "${from}" was lowered to "${to}"`,
      currentValue: from,
      proposedValue: to,
    }))
  },
}
