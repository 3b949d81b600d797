import type { Wanted } from '../render/plan.ts'

/** A builder before and after; one of both is missing for a builder that comes or goes. */
export interface Pair {
  readonly before?: Wanted | undefined
  readonly after?: Wanted | undefined
}

/** Whether a builder gets another Pod. Pods in Git may be from another version of the program, which named them differently. */
export function isRoll({ before, after }: Pair): boolean {
  return before !== undefined && after !== undefined && nameInGit(before) !== after.pod.name
}

function nameInGit({ builder, pod }: Wanted): string {
  return builder.buildkit.value.spec.podName ?? pod.name
}

/** The Pods of a builder that exist together while it rolls: one for a builder that stays, or whose next Pod waits until the last has ended. */
export function atOnce(pair: Pair): readonly Wanted[] {
  const { before, after } = pair
  if (!before || !after) return [before ?? after].filter((one) => one !== undefined)
  return isRoll(pair) && !isInTurn(after) ? [before, after] : [after]
}

/** Whether the next Pod of a builder waits until the last has ended. */
export function isInTurn({ pod }: Wanted): boolean {
  return pod.blueprint.handover === 'Recreate'
}
