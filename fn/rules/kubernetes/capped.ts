import type { Rule } from '../rule.ts'
import { fieldOfAmount } from './amounts.ts'

/** A request or limit above what its template allows. */
export const CAPPED: Rule = {
  id: 'BK502',
  severity: 'warning',
  what: "A limit is above the template's `resources.maximum`, or a request above its limit, and was lowered to it.",
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
  find: (builder) => {
    const name = builder.template.template.value.metadata.name
    return builder.blueprint.caps.map(({ field, from, to }) => {
      const [list, resource] = [
        field.startsWith('requests.') ? 'requests' : 'limits',
        field.replace(/^\w+\./, ''),
      ] as const
      const limit = fieldOfAmount(builder, { list: 'limits', name: resource, text: to })
      const most =
        list === 'limits' ? `the ${to} that template "${name}" allows` : `the limit, ${to} (\`${limit.path}\`)`
      return {
        ...fieldOfAmount(builder, { list, name: resource, text: from }),
        message: `must be at most ${most}; "${from}" was lowered to "${to}"`,
        currentValue: from,
        proposedValue: to,
        fix: { kind: 'set' as const, value: to },
      }
    })
  },
}
