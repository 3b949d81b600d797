import type { Buildkit, BuildkitStatus, Observation } from '../observation.ts'
import { ADMISSION_REFUSED, DELETION_REFUSED } from '../reasons.ts'
import { conditionIn, conditionOf, type Wanted } from './conditions.ts'
import type { Garbage } from './garbage.ts'

/** A status and what is to be deleted by it. */
interface Verdict {
  readonly status: BuildkitStatus
  readonly garbage: readonly Garbage[]
}

/** The status, with the condition that a deletion was refused. */
export function withRefusal({ status, garbage }: Verdict, observation: Observation, now: number): BuildkitStatus {
  const wanted = refused(observation, garbage)
  if (!wanted) return status
  const condition = conditionOf(observation.buildkit as Buildkit, wanted, now)
  return { ...status, conditions: [...(status.conditions ?? []), condition] }
}

/** What a process that has ended has been refused stands in the status only; it stays there until there is nothing to delete. */
function refused({ buildkit, refusals }: Observation, garbage: readonly Garbage[]): Wanted {
  const present = conditionIn((buildkit as Buildkit).status, DELETION_REFUSED)
  if (garbage.length === 0) return undefined
  for (const { pod } of garbage) {
    const refusal = refusals.get(pod.uid)
    const message = refusal && `Pod "${pod.name}" is not needed any more, but must not be deleted: ${refusal.message}`
    if (message) return { type: DELETION_REFUSED, status: 'True', reason: ADMISSION_REFUSED, message }
  }
  return present && { type: DELETION_REFUSED, status: 'True', reason: present.reason, message: present.message ?? '' }
}
