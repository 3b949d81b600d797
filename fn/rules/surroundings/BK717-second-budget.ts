import type { Buildkit } from '../../../crds/buildkit.ts'
import { grouped } from '../../common/collections.ts'
import type { Source } from '../../input/item.ts'
import { namesOf } from '../breaches/builders-in-words.ts'
import { manifests } from '../example.ts'
import { budgetOf } from '../example-budget.ts'
import { type DisruptionBudget, underBudgets } from '../facts/disruption-budgets.ts'
import type { Selected } from '../facts/selected-by.ts'
import type { Rule } from '../rule.ts'

const budget = budgetOf({ minAvailable: 1 }, { name: 'builders' })

/** Two budgets for one Pod. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'Two PodDisruptionBudgets select one builder.',
    why: 'The API server refuses to evict such a Pod ("This pod has more than one PodDisruptionBudget"), so a drain of its node fails. With `spec.replicas` of 2 or more, rendering makes a PodDisruptionBudget for the builder.',
    source: 'kubernetes v1.37.2, pkg/registry/core/pod/storage/eviction.go, EvictionREST.Create',
    example: {
      wrong: manifests({ kind: 'BuildkitTemplate' }, { kind: 'Buildkit', spec: { replicas: 3 } }, budget),
      right: manifests({ kind: 'BuildkitTemplate' }, { kind: 'Buildkit', spec: { replicas: 3 } }),
    },
  }),
  of: 'package',
  needs: 'podDisruptionBudgets',
  find: (facts) => {
    const second = underBudgets(facts).flatMap(secondIn)
    const alike = grouped(second, ({ budget: { item }, first }) => JSON.stringify([facts.items.indexOf(item), first]))
    return [...alike.values()].map((same) => {
      const [{ budget: one, first }] = same
      const names = namesOf(same.flatMap(({ buildkits }) => buildkits))
      const message = `must not select Pods of ${names}, which ${first} selects too: the API server refuses to evict a Pod with two; remove one of them`
      return { item: one.item, path: ['spec', 'selector'], message }
    })
  },
}

interface Second {
  readonly budget: DisruptionBudget
  /** What selects the same Pods, in words. */
  readonly first: string
  readonly buildkits: readonly Source<Buildkit>[]
}

/** The budget that rendering makes comes first, then those of the package in their order. */
function secondIn({ by, builder, buildkits }: Selected<DisruptionBudget>): readonly Second[] {
  const [first] = by
  if (!first) return []
  if (builder.replicas > 1)
    return by.map((one) => ({ budget: one, first: 'the rendered PodDisruptionBudget', buildkits }))
  const name = `PodDisruptionBudget "${first.item.object?.metadata.name}"`
  return by.slice(1).map((one) => ({ budget: one, first: name, buildkits }))
}
