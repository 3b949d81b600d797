import { momentOf, type Now } from '../kube/now.ts'
import { type Buildkit, type Condition, conditionIn, OUR_CONDITIONS } from '../observation.ts'
import type { Trouble } from '../pod.ts'

/** A condition of ours to be; where it is undefined, the Buildkit does not get it. */
export type Wanted = (Trouble & { readonly type: string; readonly status: 'True' | 'False' }) | undefined

/**
 * The conditions that a Buildkit gets: those wanted, behind those that others have set. `lastTransitionTime` moves with `status`
 * alone (Kubernetes API conventions, "Typical status properties").
 */
export function conditionsOf(buildkit: Buildkit, wanted: readonly Wanted[], now: Now): readonly Condition[] {
  const others = buildkit.status.conditions?.filter(({ type }) => !OUR_CONDITIONS.includes(type)) ?? []
  const ours = wanted.flatMap((condition) => (condition ? [conditionOf(buildkit, condition, now)] : []))
  return [...others, ...ours]
}

/** One of them. */
export function conditionOf(buildkit: Buildkit, wanted: NonNullable<Wanted>, now: Now): Condition {
  const present = conditionIn(buildkit.status, wanted.type)
  const lastTransitionTime = present?.status === wanted.status ? present.lastTransitionTime : momentOf(now.wall)
  const { type, status, reason, message } = wanted
  return { type, status, reason, message, lastTransitionTime, observedGeneration: buildkit.generation }
}
