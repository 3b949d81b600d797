import type { Pod } from '../render/expand.ts'
import type { Wanted } from '../render/plan.ts'
import type { Builder } from '../render/resolve.ts'

/** A builder before and after; one of both is missing for a builder that comes or goes. */
export interface Pair {
  readonly before?: Wanted | undefined
  readonly after?: Wanted | undefined
}

export interface NamedPair extends Pair {
  /** `namespace/name`. */
  readonly name: string
}

/** A Pod, and whose it is. */
export interface OnePod {
  readonly builder: Builder
  readonly pod: Pod
}

/** The Pods of a builder, in the order of its replicas. */
export function podsOf(wanted: Wanted | undefined): readonly OnePod[] {
  return wanted?.pods.map(({ pod }) => ({ builder: wanted.builder, pod })) ?? []
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

/** Those of them that nodes must have room for: a Pod that waits until the last has ended finds room where that one was. */
export function onNodes(pair: Pair): readonly OnePod[] {
  return pair.after && isInTurn(pair.after) ? more(pair) : existing(pair)
}

/** Those after, and those before that none of them takes the place of. */
function more({ before, after }: Pair): readonly OnePod[] {
  const young = podsOf(after)
  return [...young, ...podsOf(before).slice(young.length)]
}

/** Whether the next Pod of a builder waits until the last has ended. */
export function isInTurn({ pods: [{ pod }] }: Wanted): boolean {
  return pod.blueprint.handover === 'Recreate'
}
