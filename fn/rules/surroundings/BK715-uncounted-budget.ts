import { namesOf } from '../breaches/builders-in-words.ts'
import { manifests } from '../example.ts'
import { budgetOf } from '../example-budget.ts'
import { budgetsOnBuilders, type DisruptionBudget } from '../facts/disruption-budgets.ts'
import type { Rule } from '../rule.ts'

/** A budget that knows of no Pod. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'A PodDisruptionBudget for builders has `maxUnavailable` or a percentage.',
    why: 'Kubernetes then counts Pods by the scale of their controllers. A builder has no controller, so it expects no Pod and allows no eviction: no node with a ready builder can be drained. Only an integer `minAvailable` counts builders.',
    source:
      'kubernetes v1.37.2, pkg/controller/disruption/disruption.go, getExpectedPodCount, getExpectedScale and updatePdbStatus',
    example: {
      wrong: manifests({ kind: 'BuildkitTemplate' }, budgetOf({ maxUnavailable: 1 })),
      right: manifests(
        { kind: 'BuildkitTemplate' },
        { kind: 'Buildkit', metadata: { name: 'shop' } },
        { kind: 'Buildkit', metadata: { name: 'web' } },
        budgetOf({ minAvailable: 1 }),
      ),
    },
  }),
  of: 'package',
  needs: 'podDisruptionBudgets',
  find: (facts) =>
    budgetsOnBuilders(facts)
      .filter((one) => !isCounting(one.budget))
      .map(({ budget: { item, minAvailable, maxUnavailable }, buildkits }) => {
        const [field, value] =
          maxUnavailable === undefined ? ['minAvailable', minAvailable] : ['maxUnavailable', maxUnavailable]
        const must =
          maxUnavailable === undefined ? 'must be an integer' : 'must be left out for an integer `minAvailable`'
        const got = value === undefined ? 'nothing' : JSON.stringify(value)
        const message = `${must}, got ${got}, which never allows to evict ${namesOf(buildkits)}; or remove the PodDisruptionBudget and set \`spec.replicas\` of the Buildkit`
        return { item, path: ['spec', field as string], message, currentValue: value }
      }),
}

function isCounting({ minAvailable, maxUnavailable }: DisruptionBudget): boolean {
  return maxUnavailable === undefined && Number.isInteger(minAvailable)
}
