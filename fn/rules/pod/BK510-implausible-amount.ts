import type { Amount } from '../../render/resources.ts'
import { templateOf } from '../example.ts'
import { fieldOfAmount } from '../facts/user-fields.ts'
import type { Rule } from '../rule.ts'

const ONE = 10n ** 9n
const MI = 1024n ** 2n
const TI = 1024n ** 4n

interface Range {
  readonly least: bigint
  readonly most: bigint
  readonly text: string
}

/** Within a limit below `least` no builder starts; hardly a node has `most`. In nano units. */
const RANGES: Readonly<Record<string, Range>> = {
  cpu: { least: ONE / 1000n, most: 192n * ONE, text: '"1m" to 192 cores' },
  memory: { least: 16n * MI * ONE, most: 64n * TI * ONE, text: '16Mi to 64Ti' },
  'ephemeral-storage': { least: 16n * MI * ONE, most: 1024n * TI * ONE, text: '16Mi to 1Pi' },
}
/** A request below it was meant in another unit than bytes: nobody asks for less than one MiB. */
const LEAST_REQUEST = MI * ONE

/** Amounts whose suffix was forgotten or mistaken. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'An amount of CPU, memory or disk space is so small or so large that its unit is probably wrong.',
    why: 'A request larger than any node leaves the Pod Pending. A memory limit of a few bytes kills buildkitd before its first log line.',
    source: 'apimachinery v0.37.2, pkg/api/resource/quantity.go: a number without a suffix is bytes, or cores',
    example: {
      wrong: templateOf({ resources: { default: { limits: { memory: 8 } } } }),
      right: templateOf({ resources: { default: { limits: { memory: '8Gi' } } } }),
    },
  }),
  of: 'builder',
  needs: 'amounts',
  find: (builder) =>
    builder.blueprint.amounts.flatMap((amount) => {
      const range = rangeMissed(amount)
      if (!range) return []
      const message = `must be an amount that a builder can use (${range.text}), got "${amount.text}"; check the unit, such as "500m" of cpu or "8Gi" of memory`
      return [{ ...fieldOfAmount(builder, amount), message, currentValue: amount.text }]
    }),
}

/** Zero is a wish, and a fraction of a byte is another rule's matter. */
function rangeMissed({ list, name, quantity: { amount } }: Amount): Range | undefined {
  const range = Object.hasOwn(RANGES, name) ? RANGES[name] : undefined
  if (!range || amount <= 0n || (name !== 'cpu' && amount % ONE !== 0n)) return undefined
  return amount < leastOf(list, name, range) || amount > range.most ? range : undefined
}

/** A request of cpu may be as small as it likes. */
function leastOf(list: Amount['list'], name: string, { least }: Range): bigint {
  if (list === 'limits') return least
  return name === 'cpu' ? 0n : LEAST_REQUEST
}
