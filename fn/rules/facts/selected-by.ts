import type { Buildkit } from '../../../crds/buildkit.ts'
import { BUILDKIT_LABEL, labelValueOf, REPLICA_LABEL } from '../../../crds/names.ts'
import { grouped } from '../../common/collections.ts'
import type { Source } from '../../input/item.ts'
import { podLabels } from '../../render/blueprint.ts'
import { ofReplicas } from '../../render/replicas.ts'
import { type LabelSelector, matchesLabels } from '../../upstream/kubernetes/label-selectors.ts'
import type { BuilderFacts } from './facts.ts'

/** An object that selects Pods of its namespace by their labels. */
export interface Selecting {
  readonly namespace: string | undefined
  readonly selector: LabelSelector
}

/** Builders that are alike, of one namespace, of which the same objects select a replica. */
export interface Selected<T> {
  readonly builder: BuilderFacts
  readonly namespace: string | undefined
  readonly buildkits: readonly Source<Buildkit>[]
  readonly by: readonly T[]
}

/** Builders by what selects them; those that nothing selects are among them. There may be 10,000 of either. */
export function selectedBy<T extends Selecting>(
  builders: readonly BuilderFacts[],
  all: readonly T[],
): readonly Selected<T>[] {
  const byNamespace = new Map(
    [...grouped(all, ({ namespace }) => namespace)].map(([namespace, there]) => [namespace, indexed(there)]),
  )
  const nothing = indexed<T>([])
  return builders.flatMap((builder) => {
    const perNamespace = grouped(builder.buildkits, ({ value }) => value.metadata.namespace)
    return [...perNamespace].flatMap(([namespace, buildkits]) =>
      alike(byNamespace.get(namespace) ?? nothing, { builder, namespace, buildkits }),
    )
  })
}

/** What selects in one namespace. Those that name Buildkits are found by the name: there may be one for each. */
interface Index<T> {
  readonly common: readonly T[]
  readonly byBuildkit: ReadonlyMap<string, readonly T[]>
  readonly others: readonly T[]
}

function indexed<T extends Selecting>(all: readonly T[]): Index<T> {
  const common = all.filter(({ selector }) => !tellsApart(selector))
  const apart = all.filter(({ selector }) => tellsApart(selector))
  const named = apart.flatMap((one) => (namedBy(one.selector) ?? []).map((name) => ({ name, one })))
  const byBuildkit = [...grouped(named, ({ name }) => name)].map(
    ([name, entries]) => [name, entries.map(({ one }) => one)] as const,
  )
  return {
    common,
    byBuildkit: new Map(byBuildkit),
    others: apart.filter(({ selector }) => namedBy(selector) === undefined),
  }
}

/** Whether it may select one of two Pods that differ in nothing but the Buildkit or the replica. */
function tellsApart({ matchLabels = {}, matchExpressions = [] }: LabelSelector): boolean {
  if (Object.hasOwn(matchLabels, BUILDKIT_LABEL) || Object.hasOwn(matchLabels, REPLICA_LABEL)) return true
  if (matchExpressions.some(({ key }) => key === REPLICA_LABEL)) return true
  return matchExpressions.some(({ key, operator }) => key === BUILDKIT_LABEL && /^(?:Not)?In$/.test(operator))
}

/** The only values of the Buildkit's label that it may select; undefined for others than some. */
function namedBy({ matchLabels, matchExpressions = [] }: LabelSelector): readonly string[] | undefined {
  const name = matchLabels?.[BUILDKIT_LABEL]
  if (name !== undefined) return [name]
  const values = matchExpressions.find(({ key, operator }) => key === BUILDKIT_LABEL && operator === 'In')?.values
  return values && [...new Set(values)]
}

function alike<T extends Selecting>(index: Index<T>, group: Omit<Selected<T>, 'by'>): readonly Selected<T>[] {
  const { builder, buildkits } = group
  const ofAll = index.common.filter(({ selector }) => matchesLabels(selector, podLabels('', builder.blueprint)))
  const ids = new Map<T, number>()
  const selecting = buildkits.map((buildkit) => {
    const { name } = buildkit.value.metadata
    const candidates = [...(index.byBuildkit.get(labelValueOf(name)) ?? []), ...index.others]
    const labels =
      candidates.length > 0 ? ofReplicas(buildkit.value, (at) => podLabels(name, builder.blueprint, at)) : []
    const own = candidates.filter(({ selector }) => labels.some((one) => matchesLabels(selector, one)))
    for (const one of own) if (!ids.has(one)) ids.set(one, ids.size)
    return { buildkit, own, key: own.map((one) => ids.get(one)).join() }
  })
  return [...grouped(selecting, ({ key }) => key).values()].map((same) => ({
    ...group,
    buildkits: same.map(({ buildkit }) => buildkit),
    by: [...ofAll, ...same[0].own],
  }))
}
