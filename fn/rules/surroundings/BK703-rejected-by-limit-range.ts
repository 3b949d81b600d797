import { grouped } from '../../common/collections.ts'
import { type Demand, type Quantities, withDefaults } from '../../upstream/kubernetes/demand.ts'
import { canonicalQuantity, type Quantity } from '../../upstream/kubernetes/quantity.ts'
import type { Breach } from '../breaches/breach.ts'
import { podsOf } from '../breaches/builders-in-words.ts'
import { manifests } from '../example.ts'
import { inNamespaces, type Limit, limitsIn } from '../facts/admission.ts'
import { demandsOf, totalOf } from '../facts/demands.ts'
import type { Rule } from '../rule.ts'

/** Pods that a LimitRange keeps out. */
export const rule: Rule = {
  severity: 'error',
  text: () => ({
    what: 'A LimitRange rejects builders.',
    why: "A request or limit of the builder is above its `max` or below its `min`, or the default limit that it adds is below the builder's request. The API server rejects the Pods, and no builder ever starts.",
    source:
      'kubernetes v1.37.2, plugin/pkg/admission/limitranger/admission.go, PodValidateLimitFunc and mergeContainerResources',
    example: {
      wrong: manifests(
        {
          kind: 'BuildkitTemplate',
          spec: { resources: { default: { limits: { memory: '16Gi' } } } },
        },
        {
          apiVersion: 'v1',
          kind: 'LimitRange',
          spec: { limits: [{ type: 'Container', max: { memory: '8Gi' } }] },
        },
      ),
      right: manifests(
        {
          kind: 'BuildkitTemplate',
          spec: { resources: { default: { limits: { memory: '8Gi' } } } },
        },
        {
          apiVersion: 'v1',
          kind: 'LimitRange',
          spec: { limits: [{ type: 'Container', max: { memory: '8Gi' } }] },
        },
      ),
    },
  }),
  of: 'package',
  needs: 'limitRanges',
  find: (facts) => {
    const byNamespace = inNamespaces(facts)
    const limits = grouped(limitsIn(facts), ({ namespace }) => namespace)
    return [...limits].flatMap(([namespace, ranges]) => {
      const all = (byNamespace.get(namespace) ?? []).flatMap(({ builder, buildkits }) => {
        const { spec } = builder.blueprint
        const defaults = ranges.map((range) => range.defaults)
        return ranges.flatMap((range) => {
          const judged = range.type === 'Pod' ? [totalOf(spec)] : demandsOf(spec)
          const refusals = judged.flatMap((demand) => refusalsOf(range, withDefaults(demand, defaults)))
          return refusals.map((refusal) => ({ range, refusal, buildkits }))
        })
      })
      const alike = grouped(all, ({ range, refusal }) => `${ranges.indexOf(range)} ${refusal.field} ${refusal.message}`)
      return [...alike.values()].map((same) => {
        const [{ range, refusal }] = same
        return breachOf(range, refusal, podsOf(same.flatMap(({ buildkits }) => buildkits)))
      })
    })
  },
}

interface Refusal {
  readonly field: readonly [list: string, name: string]
  readonly message: string
}

function breachOf({ item, at }: Limit, { field, message }: Refusal, pods: string): Breach {
  return {
    item,
    path: ['spec', 'limits', at, ...field],
    message: `${message}; the API server rejects ${pods}`,
  }
}

function refusalsOf({ type, min, max, ratio, defaults }: Limit, { requests, limits }: Demand): readonly Refusal[] {
  return [
    ...refused('max', max, (name, most) => {
      const limit = limits.get(name)
      if (!limit) return type === 'Pod' ? 'must be left out if a Pod has no limit' : undefined
      return limit.amount > most.amount ? `must be at least the limit of ${canonicalQuantity(limit)}` : undefined
    }),
    ...refused('min', min, (name, least) => {
      const request = requests.get(name)
      if (!request) return 'must be left out if a Pod has no request'
      return request.amount < least.amount ? `must be at most the request of ${canonicalQuantity(request)}` : undefined
    }),
    ...refused('default', defaults.limits, (name, limit) => {
      const request = requests.get(name)
      const isAdded = limits.get(name) === limit
      return isAdded && request && request.amount > limit.amount
        ? `must be at least the request of ${canonicalQuantity(request)}`
        : undefined
    }),
    ...refused('maxLimitRequestRatio', ratio, (name, most) => {
      const [request, limit] = [requests.get(name)?.amount ?? 0n, limits.get(name)?.amount ?? 0n]
      if (request === 0n || limit === 0n) return 'must be left out if a Pod has no request and limit'
      return limit * NANO > most.amount * request ? 'must be at least the ratio of limit to request' : undefined
    }),
  ]
}

const NANO = 10n ** 9n

function refused(
  list: string,
  quantities: Quantities,
  mustOf: (name: string, quantity: Quantity) => string | undefined,
): readonly Refusal[] {
  return [...quantities].flatMap(([name, quantity]) => {
    const must = mustOf(name, quantity)
    return must ? [{ field: [list, name] as const, message: `${must}, got "${canonicalQuantity(quantity)}"` }] : []
  })
}
