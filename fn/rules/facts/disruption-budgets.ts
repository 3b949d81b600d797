import * as z from 'zod/mini'
import type { Buildkit } from '../../../crds/buildkit.ts'
import { LabelSelector } from '../../../crds/kubernetes/scheduling.ts'
import { grouped, oncePer } from '../../common/collections.ts'
import { type Item, isMapping, type KubernetesObject, type Source } from '../../input/item.ts'
import { podLabels } from '../../render/blueprint.ts'
import { ofReplicas } from '../../render/replicas.ts'
import { matchesLabels } from '../../upstream/kubernetes/label-selectors.ts'
import type { PackageFacts } from './facts.ts'
import { type Selected, type Selecting, selectedBy } from './selected-by.ts'

/** A PodDisruptionBudget that rendering has not made. */
export interface DisruptionBudget extends Selecting {
  readonly item: Item
  readonly minAvailable: unknown
  readonly maxUnavailable: unknown
}

/** Builders that are alike to the same PodDisruptionBudgets; those that none selects are among them. */
export const underBudgets = oncePer((facts: PackageFacts): readonly Selected<DisruptionBudget>[] =>
  selectedBy(
    facts.builders,
    facts.podDisruptionBudgets.flatMap((source) => budgetIn(source) ?? []),
  ),
)

/** Without a selector, it selects nothing. */
function budgetIn({ item, value }: Source<KubernetesObject>): DisruptionBudget | undefined {
  const { minAvailable, maxUnavailable, selector: written } = isMapping(value.spec) ? value.spec : {}
  const selector = z.safeParse(LabelSelector, written).data
  return selector && { item, namespace: value.metadata.namespace, selector, minAvailable, maxUnavailable }
}

/** A PodDisruptionBudget with the builders that it selects. */
export interface OnBuilders {
  readonly budget: DisruptionBudget
  readonly buildkits: readonly Source<Buildkit>[]
  /** How many of their Pods it selects. */
  readonly pods: number
}

/** The PodDisruptionBudgets that select builders. */
export function budgetsOnBuilders(facts: PackageFacts): readonly OnBuilders[] {
  const found = underBudgets(facts).flatMap((group) => group.by.map((budget) => ({ budget, group })))
  return [...grouped(found, ({ budget }) => budget)].map(([budget, all]) => ({
    budget,
    buildkits: all.flatMap(({ group }) => group.buildkits),
    pods: all.reduce((count, { group }) => count + podsSelected(budget, group), 0),
  }))
}

function podsSelected({ selector }: DisruptionBudget, { builder, buildkits }: Selected<DisruptionBudget>): number {
  const labels = buildkits.flatMap(({ value }) =>
    ofReplicas(value, (replica) => podLabels(value.metadata.name, builder.blueprint, replica)),
  )
  return labels.filter((one) => matchesLabels(selector, one)).length
}
