import type { Buildkit } from '../../../crds/buildkit.ts'
import { BUILDKIT_LABEL, labelValueOf } from '../../../crds/names.ts'
import { grouped } from '../../grouped.ts'
import { oncePer } from '../../once-per.ts'
import { podLabels } from '../../pod-labels.ts'
import type { Source } from '../../select.ts'
import type { BuilderFacts, PackageFacts } from '../facts.ts'
import { type LabelSelector, matchesLabels } from '../matches-labels.ts'
import { type NetworkPolicy, networkPolicyOf } from './network-policy.ts'

/** Builders that are alike, of one namespace, and that the same policies select. */
export interface Policed {
  readonly builder: BuilderFacts
  readonly namespace: string | undefined
  readonly buildkits: readonly Source<Buildkit>[]
  readonly policies: readonly NetworkPolicy[]
}

/** The NetworkPolicies of a package and whom they select. */
interface Policing {
  readonly policies: readonly NetworkPolicy[]
  /** Nothing where there are no policies. */
  readonly groups: readonly Policed[]
}

/** The NetworkPolicies of a package and whom they select: six rules ask, of 10,000 builders perhaps. */
export const policed = oncePer(policingOf)

function policingOf({ builders, networkPolicies }: PackageFacts): Policing {
  const policies = networkPolicies.flatMap((source) => networkPolicyOf(source) ?? [])
  if (policies.length === 0) return { policies, groups: [] }
  const byNamespace = new Map(
    [...grouped(policies, ({ namespace }) => namespace)].map(([namespace, there]) => [namespace, indexed(there)]),
  )
  const groups = builders.flatMap((builder) => {
    const perNamespace = grouped(builder.buildkits, ({ value }) => value.metadata.namespace)
    return [...perNamespace].flatMap(([namespace, buildkits]) =>
      alike(byNamespace.get(namespace) ?? NONE, { builder, namespace, buildkits, policies: [] }),
    )
  })
  return { policies, groups }
}

/** Policies of one namespace. Those that name Buildkits are found by the name: there may be one for each. */
interface Index {
  readonly common: readonly NetworkPolicy[]
  readonly byBuildkit: ReadonlyMap<string, readonly NetworkPolicy[]>
  readonly others: readonly NetworkPolicy[]
}

const NONE: Index = { common: [], byBuildkit: new Map(), others: [] }

function indexed(policies: readonly NetworkPolicy[]): Index {
  const common = policies.filter(({ selector }) => !tellsApart(selector))
  const apart = policies.filter(({ selector }) => tellsApart(selector))
  const named = apart.flatMap((policy) => (namedBy(policy.selector) ?? []).map((name) => ({ name, policy })))
  const byBuildkit = [...grouped(named, ({ name }) => name)].map(
    ([name, entries]) => [name, entries.map(({ policy }) => policy)] as const,
  )
  return {
    common,
    byBuildkit: new Map(byBuildkit),
    others: apart.filter(({ selector }) => namedBy(selector) === undefined),
  }
}

/** Whether it may select one of two Pods that differ in nothing but the Buildkit. */
function tellsApart({ matchLabels, matchExpressions = [] }: LabelSelector): boolean {
  if (matchLabels && Object.hasOwn(matchLabels, BUILDKIT_LABEL)) return true
  return matchExpressions.some(({ key, operator }) => key === BUILDKIT_LABEL && /^(?:Not)?In$/.test(operator))
}

/** The only values of the Buildkit's label that it may select; undefined for others than some. */
function namedBy({ matchLabels, matchExpressions = [] }: LabelSelector): readonly string[] | undefined {
  const name = matchLabels?.[BUILDKIT_LABEL]
  if (name !== undefined) return [name]
  const values = matchExpressions.find(({ key, operator }) => key === BUILDKIT_LABEL && operator === 'In')?.values
  return values && [...new Set(values)]
}

function alike({ common, byBuildkit, others }: Index, group: Policed): readonly Policed[] {
  const { builder, buildkits } = group
  const ofAll = common.filter(({ selector }) => matchesLabels(selector, podLabels('', builder.blueprint)))
  const ids = new Map<NetworkPolicy, number>()
  const selecting = buildkits.map((buildkit) => {
    const { name } = buildkit.value.metadata
    const labels = podLabels(name, builder.blueprint)
    const candidates = [...(byBuildkit.get(labelValueOf(name)) ?? []), ...others]
    const own = candidates.filter(({ selector }) => matchesLabels(selector, labels))
    for (const policy of own) if (!ids.has(policy)) ids.set(policy, ids.size)
    return { buildkit, own, key: own.map((policy) => ids.get(policy)).join() }
  })
  return [...grouped(selecting, ({ key }) => key).values()].map((same) => ({
    ...group,
    buildkits: same.map(({ buildkit }) => buildkit),
    policies: [...ofAll, ...(same[0]?.own ?? [])],
  }))
}
