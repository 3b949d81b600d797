import type { Handover } from '../render/engine-annotations.ts'
import type { Wanted } from '../render/plan.ts'
import { cacheOf } from './cache-of.ts'
import { type OnePod, podsOf } from './one-pod.ts'

/** A builder before and after; one of both is missing for a builder that comes or goes. */
export interface Pair {
  readonly before?: Wanted | undefined
  readonly after?: Wanted | undefined
}

export interface NamedPair extends Pair {
  /** `namespace/name`. */
  readonly name: string
}

/** Whether a builder gets other Pods. Pods in Git may be from another version of the program, which named them differently. */
export function isRoll({ before, after }: Pair): boolean {
  return before !== undefined && after !== undefined && nameInGit(before) !== after.pods[0].pod.name
}

/** All Pods of a builder change together, so that the first tells. */
function nameInGit({ builder, pods: [{ pod }] }: Wanted): string {
  return builder.buildkit.value.spec.podName ?? pod.name
}

/**
 * The Pods of a builder that exist together while it changes, and count in quotas: also one that waits until the last has ended, which is
 * deleted only once that one exists (docs/decisions/0024; `QuotaV1Pod` in pkg/quota/v1/evaluator/core/pods.go of Kubernetes v1.37.2).
 */
export function existing(pair: Pair): readonly OnePod[] {
  return isRoll(pair) ? [...podsOf(pair.before), ...podsOf(pair.after)] : more(pair)
}

/**
 * The Pods that nodes must have room for, in groups. Only one Pod of a group is on a node at a time: the scheduler holds back a Pod whose
 * ReadWriteOncePod claim another Pod has (docs/decisions/0024). A Pod that an init container holds back is scheduled, and has its requests.
 */
export function onNodes(pair: Pair): readonly (readonly OnePod[])[] {
  if (!isRoll(pair)) return more(pair).map((one) => [one])
  const [old, young] = [podsOf(pair.before), podsOf(pair.after)]
  return Array.from({ length: Math.max(old.length, young.length) }).flatMap((_, replica) => {
    const [before, after] = [old[replica], young[replica]]
    if (before && after && isHeldBack(before, after)) return [[before, after]]
    return [before, after].flatMap((one) => (one ? [[one]] : []))
  })
}

function isHeldBack(before: OnePod, after: OnePod): boolean {
  const [old, young] = [before, after].map(cacheOf)
  const isForOne = after.builder.template.value.spec.cache?.claim?.accessMode === 'ReadWriteOncePod'
  return isForOne && old?.kind === 'claim' && old.place === young?.place
}

/** Those after, and those before that none of them takes the place of. */
function more({ before, after }: Pair): readonly OnePod[] {
  const young = podsOf(after)
  return [...young, ...podsOf(before).slice(young.length)]
}

/** How the next Pods of a builder follow the last ones: by `Recreate`, it takes no new builds until those have drained. */
export function handoverOf({ pods: [{ pod }] }: Wanted): Handover {
  return pod.blueprint.handover
}
