import type { Wanted } from '../render/plan.ts'

/** A builder before and after; one of both is missing for a builder that comes or goes. */
export interface Pair {
  readonly before?: Wanted | undefined
  readonly after?: Wanted | undefined
}

export interface NamedPair extends Pair {
  /** `namespace/name`. */
  readonly name: string
}

/** Whether a builder gets another Pod. Pods in Git may be from another version of the program, which named them differently. */
export function isRoll({ before, after }: Pair): boolean {
  return before !== undefined && after !== undefined && nameInGit(before) !== after.pod.name
}

function nameInGit({ builder, pod }: Wanted): string {
  return builder.buildkit.value.spec.podName ?? pod.name
}

/**
 * The Pods of a builder that exist together while it rolls, and count in quotas: also one that waits until the last has ended, which is
 * deleted only once that one exists (docs/decisions/0024; `QuotaV1Pod` in pkg/quota/v1/evaluator/core/pods.go of Kubernetes v1.37.2).
 */
export function existing(pair: Pair): readonly Wanted[] {
  const { before, after } = pair
  if (!before || !after) return [before ?? after].filter((one) => one !== undefined)
  return isRoll(pair) ? [before, after] : [after]
}

/** Those of them that nodes must have room for: a Pod that waits until the last has ended finds room where that one was. */
export function onNodes(pair: Pair): readonly Wanted[] {
  return pair.after && isInTurn(pair.after) ? [pair.after] : existing(pair)
}

/** Whether the next Pod of a builder waits until the last has ended. */
export function isInTurn({ pod }: Wanted): boolean {
  return pod.blueprint.handover === 'Recreate'
}
