import * as z from 'zod/mini'
import type { Buildkit } from '../../../crds/buildkit.ts'
import { BUILDKIT_LABEL, REPLICA_LABEL, TEMPLATE_LABEL } from '../../../crds/names.ts'
import { grouped, oncePer } from '../../common/collections.ts'
import { type Item, isMapping, type KubernetesObject, type Source } from '../../input/item.ts'
import { podLabels } from '../../render/blueprint.ts'
import { ofReplicas } from '../../render/replicas.ts'
import { matchesLabels } from '../../upstream/kubernetes/label-selectors.ts'
import { WrittenSelector } from '../../upstream/kubernetes/written-selector.ts'
import type { PackageFacts } from './facts.ts'
import { type Selected, type Selecting, selectedBy } from './selected-by.ts'

const LABELS_OF_BUILDERS: readonly string[] = [BUILDKIT_LABEL, TEMPLATE_LABEL, REPLICA_LABEL]

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

/** Without a selector, it selects nothing. A field that is null is not set. */
function budgetIn({ item, value }: Source<KubernetesObject>): DisruptionBudget | undefined {
  const { minAvailable, maxUnavailable, selector: written } = isMapping(value.spec) ? value.spec : {}
  const selector = z.safeParse(WrittenSelector, written).data
  const amounts = { minAvailable: minAvailable ?? undefined, maxUnavailable: maxUnavailable ?? undefined }
  return selector && { item, namespace: value.metadata.namespace, selector, ...amounts }
}

/** A PodDisruptionBudget with the builders that it selects. */
export interface OnBuilders {
  readonly budget: DisruptionBudget
  readonly buildkits: readonly Source<Buildkit>[]
  /** How many of their Pods it selects. */
  readonly pods: number
  /** Whether it can select no other Pods, because it requires a label that only builders have. */
  readonly isOnlyOnBuilders: boolean
}

/** The PodDisruptionBudgets that select builders. */
export function budgetsOnBuilders(facts: PackageFacts): readonly OnBuilders[] {
  const found = underBudgets(facts).flatMap((group) => group.by.map((budget) => ({ budget, group })))
  return [...grouped(found, ({ budget }) => budget)].map(([budget, all]) => ({
    budget,
    buildkits: all.flatMap(({ group }) => group.buildkits),
    pods: all.reduce((count, { group }) => count + podsSelected(budget, group), 0),
    isOnlyOnBuilders: requiresLabelOfBuilders(budget.selector),
  }))
}

function requiresLabelOfBuilders({ matchLabels = {}, matchExpressions = [] }: DisruptionBudget['selector']): boolean {
  const isRequired = (operator: string) => operator === 'In' || operator === 'Exists'
  const required = matchExpressions.filter(({ operator }) => isRequired(operator)).map(({ key }) => key)
  return [...Object.keys(matchLabels), ...required].some((key) => LABELS_OF_BUILDERS.includes(key))
}

function podsSelected({ selector }: DisruptionBudget, { builder, buildkits }: Selected<DisruptionBudget>): number {
  const labels = buildkits.flatMap(({ value }) =>
    ofReplicas(value, (replica) => podLabels(value.metadata.name, builder.blueprint, replica)),
  )
  return labels.filter((one) => matchesLabels(selector, one)).length
}
