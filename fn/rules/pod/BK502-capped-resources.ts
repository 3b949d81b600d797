import { pathText } from '../../../crds/issues/field-path.ts'
import { templateOf } from '../example.ts'
import { fieldOfAmount } from '../facts/user-fields.ts'
import type { Rule } from '../rule.ts'

/** A request or limit above what its template allows. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: "A limit exceeds the template's `resources.maximum`, or a request exceeds its limit, and is lowered to it.",
    why: 'The builder gets less than its manifest says. You notice it only when a build runs out of the resource.',
    source: 'docs/reference.md, BuildkitTemplate.spec.resources',
    example: {
      wrong: templateOf({ resources: { default: { limits: { cpu: '8' } }, maximum: { cpu: '4' } } }),
      right: templateOf({ resources: { default: { limits: { cpu: '4' } }, maximum: { cpu: '4' } } }),
    },
  }),
  of: 'builder',
  needs: 'amounts',
  find: (builder) => {
    const name = builder.template.template.value.metadata.name
    return builder.blueprint.caps.map(({ from, to }) => {
      const most =
        from.list === 'limits'
          ? `the ${to.text} that template "${name}" allows`
          : `the limit, ${to.text} (\`${pathText(to.field.path)}\`)`
      return {
        ...fieldOfAmount(builder, from),
        message: `must be at most ${most}; "${from.text}" was lowered to "${to.text}"`,
        currentValue: from.text,
        proposedValue: to.text,
        fix: { kind: 'set' as const, value: to.text },
      }
    })
  },
}
