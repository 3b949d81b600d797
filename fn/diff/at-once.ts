import type { Wanted } from '../render/plan.ts'

/** A builder before and after; one of both is missing for a builder that comes or goes. */
export interface Pair {
  readonly before?: Wanted | undefined
  readonly after?: Wanted | undefined
}

/** The Pods of a builder that exist together while it rolls: one for a builder that stays, or whose next Pod waits until the last has ended. */
export function atOnce({ before, after }: Pair): readonly Wanted[] {
  const isSame = before?.pod.name === after?.pod.name
  const isInTurn = after?.pod.blueprint.handover === 'Recreate'
  if (!before || !after) return [before ?? after].filter((one) => one !== undefined)
  return isSame || isInTurn ? [after] : [before, after]
}
