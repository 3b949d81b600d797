import { namesOf } from '../breaches/builders-in-words.ts'
import { manifests } from '../example.ts'
import { budgetOf } from '../example-budget.ts'
import { budgetsOnBuilders, type DisruptionBudget, type OnBuilders } from '../facts/disruption-budgets.ts'
import type { Rule } from '../rule.ts'

/** A budget that knows of no Pod. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'A PodDisruptionBudget for builders has `maxUnavailable` or a percentage.',
    why: 'Kubernetes then counts Pods by the scale of their controllers, and a builder has none. A budget that selects only builders expects no Pod and allows no eviction, so no node with a running builder can be drained. A budget that selects other Pods as well allows more evictions than it says. Only an integer `minAvailable` counts builders. Kubernetes reports the mistake in an Event with the reason `UnmanagedPods`.',
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
      .map((one) => {
        const { item, minAvailable, maxUnavailable } = one.budget
        const [field, value] =
          maxUnavailable === undefined ? ['minAvailable', minAvailable] : ['maxUnavailable', maxUnavailable]
        const must =
          maxUnavailable === undefined ? 'must be an integer' : 'must be left out for an integer `minAvailable`'
        const got = value === undefined ? 'nothing' : JSON.stringify(value)
        const message = `${must}, got ${got}, which ${effectOf(one)}; or remove the PodDisruptionBudget and set \`spec.replicas\` of the Buildkit`
        return { item, path: ['spec', field as string], message, currentValue: value }
      }),
}

function effectOf({ buildkits, isOnlyOnBuilders }: OnBuilders): string {
  if (isOnlyOnBuilders) return `never allows to evict ${namesOf(buildkits)}`
  return `does not count ${namesOf(buildkits)}: without other Pods it allows no eviction, with them too many`
}

function isCounting({ minAvailable, maxUnavailable }: DisruptionBudget): boolean {
  return maxUnavailable === undefined && Number.isInteger(minAvailable)
}
