import { templateOf } from '../example.ts'
import { fieldOfAmount } from '../facts/user-fields.ts'
import type { Rule } from '../rule.ts'

const BYTES = ['memory', 'ephemeral-storage']
const ONE = 10n ** 9n

/** `8m` of memory. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'Memory or disk space is not a whole number of bytes: `m` means a thousandth, not mega.',
    why: 'The node rounds `512m` up to 1 byte: a request that reserves nothing, or a limit that no container can start with.',
    source: 'kubernetes v1.37.2, pkg/api/pod/warnings.go, warningsForPodSpecAndMeta',
    example: {
      wrong: templateOf({ resources: { default: { limits: { memory: '512m' } } } }),
      right: templateOf({ resources: { default: { limits: { memory: '512Mi' } } } }),
    },
  }),
  of: 'builder',
  needs: 'amounts',
  find: (builder) =>
    builder.blueprint.amounts
      .filter(({ name, quantity }) => BYTES.includes(name) && quantity.amount % ONE !== 0n)
      .map((amount) => {
        const milli = /^(\d+)m$/.exec(amount.text)
        const proposedValue = milli ? `${milli[1]}Mi` : undefined
        const hint = proposedValue ? `; did you mean "${proposedValue}"?` : ''
        const message = `must be a whole number of bytes, got "${amount.text}"${hint}`
        const field = fieldOfAmount(builder, amount)
        return { ...field, message, currentValue: amount.text, ...(proposedValue && { proposedValue }) }
      }),
}
