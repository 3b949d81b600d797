import { namesOf, podsOf } from '../breaches/builders-in-words.ts'
import { manifests } from '../example.ts'
import { budgetOf } from '../example-budget.ts'
import { budgetsOnBuilders, type OnBuilders } from '../facts/disruption-budgets.ts'
import type { Rule } from '../rule.ts'

const budget = budgetOf({ minAvailable: 1 }, { name: 'builders' })

/** A budget that no Pod can leave. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'A PodDisruptionBudget requires as many Pods as it selects.',
    why: 'No Pod can be evicted, so a drain of its node never ends, and neither does an upgrade or a scale-down that drains nodes. With `spec.replicas`, rendering makes a PodDisruptionBudget that lets one Pod go at a time. Of one Pod, even `minAvailable: 0` blocks drains while it runs and is not ready, unless `unhealthyPodEvictionPolicy` is `AlwaysAllow`: remove such a budget.',
    source: 'kubernetes v1.37.2, pkg/controller/disruption/disruption.go, getExpectedPodCount and updatePdbStatus',
    example: {
      wrong: manifests({ kind: 'BuildkitTemplate' }, budget),
      right: manifests({ kind: 'BuildkitTemplate' }, { kind: 'Buildkit', spec: { replicas: 2 } }),
    },
  }),
  of: 'package',
  needs: 'podDisruptionBudgets',
  find: (facts) =>
    budgetsOnBuilders(facts).flatMap((one) => {
      const { item, minAvailable } = one.budget
      if (typeof minAvailable !== 'number' || minAvailable === 0 || minAvailable < one.pods) return []
      return [{ item, path: ['spec', 'minAvailable'], message: messageOf(one), currentValue: minAvailable }]
    }),
}

function messageOf({ budget: { minAvailable }, buildkits, pods, isOnlyOnBuilders }: OnBuilders): string {
  const must =
    pods === 1 ? `must be 0 for ${podsOf(buildkits)}` : `must be less than the ${pods} Pods of ${namesOf(buildkits)}`
  const others = isOnlyOnBuilders ? '' : ' if no other Pods are selected'
  const instead = pods === 1 ? 'remove the PodDisruptionBudget and set `spec.replicas` of the Buildkit' : 'lower it'
  return `${must}${others}, or no drain can evict ${pods === 1 ? 'it' : 'any of them'}, got ${minAvailable}; ${instead}`
}
