import { grouped } from '../../common/collections.ts'
import type { KubernetesObject, Source } from '../../input/item.ts'
import { canonicalQuantity, parseQuantity, type Quantity } from '../../upstream/kubernetes/quantity.ts'
import { claimUsageOf, isOfClaims, usageOf } from '../../upstream/kubernetes/resource-quota.ts'
import type { Breach } from '../breaches/breach.ts'
import { podCount } from '../breaches/builders-in-words.ts'
import { manifests } from '../example.ts'
import { hardOf, type InNamespace, inNamespaces } from '../facts/admission.ts'
import { totalOf } from '../facts/demands.ts'
import type { BuilderFacts } from '../facts/facts.ts'
import type { Rule } from '../rule.ts'

/** A namespace without room for two Pods of a builder. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'A ResourceQuota leaves no room to roll builders.',
    why: 'A change of a template creates a new Pod for each of its builders, and the old Pod stays until the new Pod is ready. A new Pod that waits for the old one (`Recreate`) exists beside it as well. If the quota has no room for both, the API server rejects the new Pod and the change never takes effect. Other Pods in the namespace count as well.',
    source:
      'kubernetes v1.37.2, pkg/quota/v1/evaluator/core/pods.go, podComputeUsageHelper and QuotaV1Pod; docs/decisions/0002-hash-name-and-pod-name.md',
    example: {
      wrong: manifests(
        { kind: 'BuildkitTemplate' },
        { apiVersion: 'v1', kind: 'ResourceQuota', spec: { hard: { pods: '1' } } },
      ),
      right: manifests(
        { kind: 'BuildkitTemplate' },
        { apiVersion: 'v1', kind: 'ResourceQuota', spec: { hard: { pods: '2' } } },
      ),
    },
  }),
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

interface Hard {
  readonly quota: Source<KubernetesObject>
  readonly name: string
  readonly hard: Quantity
}

function tooLittle({ quota, name, hard }: Hard, own: readonly InNamespace[]): readonly Breach[] {
  const all = sumOf(own, name)
  // A claim stays when its Pod is replaced.
  const rolling = own.filter(({ builder }) => !(isOfClaims(name) && builder.template.spec.cache?.claim))
  const rolls = [...grouped(rolling, ({ builder }) => builder.template.template.value.metadata.name)].map(
    ([template, builders]) => ({ template, amount: sumOf(builders, name) }),
  )
  const largest = rolls.reduce((most, roll) => (roll.amount > most.amount ? roll : most), { template: '', amount: 0n })
  const needed = all + largest.amount
  if (all === 0n || needed <= hard.amount) return []
  const textOf = (amount: bigint) => canonicalQuantity({ ...hard, amount })
  const why =
    all > hard.amount
      ? `they always need ${textOf(all)}`
      : `a change of template "${largest.template}" creates a second Pod for each of its builders`
  const message = `must be at least ${textOf(needed)} for the builders here, got "${canonicalQuantity(hard)}"; ${why}`
  return [{ item: quota.item, path: ['spec', 'hard', name], message }]
}

function sumOf(own: readonly InNamespace[], name: string): bigint {
  const amounts = own.map(
    ({ builder, buildkits }) => (usage(builder, name)?.amount ?? 0n) * BigInt(podCount(buildkits)),
  )
  return amounts.reduce((sum, amount) => sum + amount, 0n)
}

function usage({ blueprint, template: { spec } }: BuilderFacts, name: string): Quantity | undefined {
  if (!isOfClaims(name)) return usageOf(totalOf(blueprint.spec), name)
  const volume = spec.cache?.claim ?? spec.cache?.ephemeral
  return volume && claimUsageOf(parseQuantity(volume.size) as Quantity, name)
}
