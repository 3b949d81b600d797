import type { Amount } from '../../render/resources.ts'
import { parseQuantity } from '../../upstream/kubernetes/quantity.ts'
import { isNativeResource } from '../../upstream/kubernetes/resource-names.ts'
import type { Breach } from '../breaches/breach.ts'
import { templateOf } from '../example.ts'
import type { BuilderFacts } from '../facts/facts.ts'
import { fieldOfAmount } from '../facts/user-fields.ts'
import type { Rule } from '../rule.ts'

const ONE = 10n ** 9n
const HUGE_PAGES = 'hugepages-'

/** Resources that nodes hand out one by one: devices and huge pages. */
export const rule: Rule = {
  severity: 'error',
  cannotWork: true,
  text: () => ({
    what: 'A device or huge pages are requested in a way that nodes cannot provide.',
    why: 'Pods cannot share devices and huge pages: the API server accepts only whole ones, with a limit that is equal to the request, and huge pages only together with CPU or memory.',
    source:
      'kubernetes v1.37.2, pkg/apis/core/validation/validation.go, validateResourceRequirements and ValidateResourceQuantityValue',
    example: {
      wrong: templateOf({
        resources: {
          default: { requests: { 'smarter-devices/fuse': 1 }, limits: { 'smarter-devices/fuse': 2 } },
        },
      }),
      right: templateOf({ resources: { default: { limits: { 'smarter-devices/fuse': 1 } } } }),
    },
  }),
  of: 'builder',
  needs: 'amounts',
  find: (builder) => {
    const amounts = builder.blueprint.amounts
    const countable = amounts.filter(({ name }) => !isNativeResource(name) || name.startsWith(HUGE_PAGES))
    return [
      ...countable.flatMap((amount) => [...uneven(amount), ...unequal(amount, amounts)].map(at(builder, amount))),
      ...alone(amounts).map((message) => at(builder, countable[0] as Amount)(message)),
    ]
  },
}

function at(builder: BuilderFacts, amount: Amount): (message: string) => Breach {
  return (message) => ({ ...fieldOfAmount(builder, amount), message, currentValue: amount.text })
}

function uneven({ name, text, quantity: { amount } }: Amount): readonly string[] {
  if (!name.startsWith(HUGE_PAGES))
    return amount % ONE === 0n ? [] : [`must be a whole number of devices, got "${text}"`]
  const size = parseQuantity(name.slice(HUGE_PAGES.length))?.amount ?? 0n
  if (size <= 0n || size % ONE !== 0n) return [`must name the size of a page, such as "hugepages-2Mi", got "${name}"`]
  const bytes = (amount + ONE - 1n) / ONE
  return bytes % (size / ONE) === 0n ? [] : [`must be whole pages of ${name.slice(HUGE_PAGES.length)}, got "${text}"`]
}

function unequal({ list, name, text, quantity }: Amount, amounts: readonly Amount[]): readonly string[] {
  if (list === 'limits') return []
  const limit = amounts.find((other) => other.list === 'limits' && other.name === name)
  if (!limit) return [`must have a limit of ${text} too, got a request only; set the limit and leave out the request`]
  if (limit.quantity.amount === quantity.amount) return []
  return [`must be equal to the limit of ${limit.text}, got "${text}"; leave out the request`]
}

function alone(amounts: readonly Amount[]): readonly string[] {
  const has = (pattern: RegExp) => amounts.some(({ name }) => pattern.test(name))
  if (!has(/^hugepages-/) || has(/^(cpu|memory)$/)) return []
  return ['must be set together with a request or limit of cpu or memory, got huge pages only']
}
