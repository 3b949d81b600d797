import { grouped } from '../../common/grouped.ts'
import { isMapping, type KubernetesObject } from '../../input/item.ts'
import type { Source } from '../../input/select.ts'
import { canonicalQuantity, type Quantity } from '../../upstream/kubernetes/quantity.ts'
import type { Breach } from '../breaches/breach.ts'
import { namesOf } from '../breaches/builders-in-words.ts'
import type { BuilderFacts } from '../facts/facts.ts'
import { type InNamespace, inNamespaces } from '../facts/in-namespaces.ts'
import { type Limit, limitsIn, withDefaults } from '../facts/limit-range.ts'
import { demandOf, type Quantities, quantitiesIn } from '../facts/quantities.ts'
import type { Rule } from '../rule.ts'

const ONE: Quantity = { amount: 10n ** 9n, isBinary: false, isExponent: false }
const SOURCE = 'kubernetes v1.37.2, pkg/quota/v1/evaluator/core/pods.go'

/** A namespace without room for two Pods of a builder. */
export const QUOTA: Rule = {
  id: 'BK705',
  severity: 'warning',
  what: 'A ResourceQuota leaves no room to replace builders.',
  why: 'A change of a template creates a new Pod for each of its builders, and the old Pod stays until the new one is ready. If the quota has no room for both, the API server refuses the new Pod and the change never takes effect. Other Pods in the namespace count as well.',
  source: `${SOURCE}, podComputeUsageHelper; docs/decisions/0002-hash-name-and-pod-name.md`,
  example: {
    wrong: `kind: BuildkitTemplate
---
apiVersion: v1
kind: ResourceQuota
spec:
  hard:
    pods: "1"
`,
    right: `kind: BuildkitTemplate
---
apiVersion: v1
kind: ResourceQuota
spec:
  hard:
    pods: "2"
`,
  },
  of: 'package',
  needs: 'resourceQuotas',
  find: (facts) => {
    const byNamespace = inNamespaces(facts)
    return facts.resourceQuotas.flatMap((quota) => {
      const own = byNamespace.get(quota.value.metadata.namespace) ?? []
      return [...hardOf(quota)].flatMap(([name, hard]) => tooLittle({ quota, name, hard }, own))
    })
  },
}

/** A quota on something that builders do not name. */
export const QUOTA_WITHOUT_REQUEST: Rule = {
  id: 'BK706',
  severity: 'warning',
  what: 'A ResourceQuota requires an amount that builders do not set.',
  why: 'Under a quota for cpu or memory the API server refuses a Pod without such a request or limit ("must specify"), unless a LimitRange adds one, and no LimitRange in the package does. No builder ever starts.',
  source: `${SOURCE}, Constraints`,
  example: {
    wrong: `kind: BuildkitTemplate
---
apiVersion: v1
kind: ResourceQuota
spec:
  hard:
    limits.memory: 100Gi
`,
    right: `kind: BuildkitTemplate
spec:
  resources:
    default:
      limits:
        memory: 8Gi
---
apiVersion: v1
kind: ResourceQuota
spec:
  hard:
    limits.memory: 100Gi
`,
  },
  of: 'package',
  needs: 'resourceQuotas',
  find: (facts) => {
    const byNamespace = inNamespaces(facts)
    return facts.resourceQuotas.flatMap((quota) => {
      const { namespace } = quota.value.metadata
      const ranges = limitsIn(facts).filter((limit) => limit.namespace === namespace)
      const own = byNamespace.get(namespace) ?? []
      return [...hardOf(quota).keys()].flatMap((name) => unsaid({ quota, name }, own, ranges))
    })
  },
}

interface Hard {
  readonly quota: Source<KubernetesObject>
  readonly name: string
  readonly hard: Quantity
}

/** The amounts of a quota that counts every Pod. */
function hardOf({ value: { spec } }: Source<KubernetesObject>): Quantities {
  if (!isMapping(spec) || spec.scopeSelector || (Array.isArray(spec.scopes) && spec.scopes.length > 0)) return new Map()
  return quantitiesIn(spec.hard)
}

function tooLittle({ quota, name, hard }: Hard, own: readonly InNamespace[]): readonly Breach[] {
  const all = sumOf(own, name)
  const rolls = [...grouped(own, ({ builder }) => builder.template.template.value.metadata.name)].map(
    ([template, builders]) => ({ template, amount: sumOf(builders, name) }),
  )
  const largest = rolls.reduce((most, roll) => (roll.amount > most.amount ? roll : most), { template: '', amount: 0n })
  const needed = all + largest.amount
  if (largest.amount === 0n || needed <= hard.amount) return []
  const textOf = (amount: bigint) => canonicalQuantity({ ...hard, amount })
  const why =
    all > hard.amount
      ? `they need ${textOf(all)} at any time`
      : `a change of template "${largest.template}" makes a second Pod of each of its builders`
  const message = `must be at least ${textOf(needed)} for the builders here, got "${canonicalQuantity(hard)}": ${why}`
  return [{ item: quota.item, path: ['spec', 'hard', name], message }]
}

function sumOf(own: readonly InNamespace[], name: string): bigint {
  const amounts = own.map(({ builder, buildkits }) => (usageOf(builder, name)?.amount ?? 0n) * BigInt(buildkits.length))
  return amounts.reduce((sum, amount) => sum + amount, 0n)
}

/** What a Pod counts for in a quota of this name. */
function usageOf({ blueprint }: BuilderFacts, name: string): Quantity | undefined {
  if (name === 'pods' || name === 'count/pods') return ONE
  const { requests, limits } = demandOf(blueprint.amounts)
  const [, list, resource = name] = /^(requests|limits)\.(.+)$/.exec(name) ?? []
  return (list === 'limits' ? limits : requests).get(resource)
}

const MUST_BE_SAID = /^(?:(?:requests|limits)\.)?(?:cpu|memory)$/

function unsaid(
  { quota, name }: Omit<Hard, 'hard'>,
  own: readonly InNamespace[],
  ranges: readonly Limit[],
): readonly Breach[] {
  if (!MUST_BE_SAID.test(name)) return []
  const [list, resource] = name.includes('.') ? name.split('.') : ['requests', name]
  const without = own.filter(({ builder }) => {
    const { requests, limits } = withDefaults(demandOf(builder.blueprint.amounts), ranges)
    return !(list === 'limits' ? limits : requests).has(String(resource))
  })
  if (without.length === 0) return []
  const buildkits = without.flatMap((one) => one.buildkits)
  const refused =
    buildkits.length === 1
      ? 'does not, so the API server refuses its Pod'
      : 'do not, so the API server refuses their Pods'
  const message = `requires every Pod to set it; ${namesOf(buildkits)} ${refused}; set \`resources.default.${list}.${resource}\` in the template`
  return [{ item: quota.item, path: ['spec', 'hard', name], message }]
}
