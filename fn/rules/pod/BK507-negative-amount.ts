import { templateOf } from '../example.ts'
import { fieldOfAmount } from '../facts/user-fields.ts'
import type { Rule } from '../rule.ts'

/** Amounts below zero. */
export const rule: Rule = {
  severity: 'error',
  cannotWork: true,
  text: () => ({
    what: 'A request or limit is negative.',
    why: 'The API server rejects the Pod.',
    source: 'kubernetes v1.37.2, pkg/apis/core/validation/validation.go, ValidateNonnegativeQuantity',
    example: {
      wrong: `kind: BuildkitTemplate
spec:
  resources:
    default:
      requests:
        memory: -8Gi
`,
      right: templateOf({ resources: { default: { requests: { memory: '8Gi' } } } }),
    },
  }),
  of: 'builder',
  needs: 'amounts',
  find: (builder) =>
    builder.blueprint.amounts
      .filter(({ quantity }) => quantity.amount < 0n)
      .map((amount) => {
        const message = `must be at least 0, got "${amount.text}"`
        return { ...fieldOfAmount(builder, amount), message, currentValue: amount.text }
      }),
}
