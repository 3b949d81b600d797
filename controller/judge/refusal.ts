import type { Now } from '../kube/now.ts'
import { type Buildkit, type BuildkitStatus, conditionIn, type Observation } from '../observation.ts'
import { ADMISSION_REFUSED, DELETION_REFUSED, LABEL_SHARED } from '../reasons.ts'
import { conditionOf, type Wanted } from './conditions.ts'
import type { Garbage } from './garbage.ts'

/** A status and what is to be deleted by it. */
interface Verdict {
  readonly status: BuildkitStatus
  readonly garbage: readonly Garbage[]
}

/** The status, with the condition that a deletion was refused. */
export function withRefusal({ status, garbage }: Verdict, observation: Observation, now: Now): BuildkitStatus {
  const wanted = refused(observation, garbage)
  if (!wanted) return status
  const condition = conditionOf(observation.buildkit as Buildkit, wanted, now)
  return { ...status, conditions: [...(status.conditions ?? []), condition] }
}

/** What a process that has ended has been refused stands in the status only; it stays there until there is nothing to delete. */
function refused({ buildkit, refusals, namesakes }: Observation, garbage: readonly Garbage[]): Wanted {
  if (namesakes) return labelShared(namesakes)
  const present = conditionIn((buildkit as Buildkit).status, DELETION_REFUSED)
  if (garbage.length === 0) return undefined
  for (const { pod } of garbage) {
    const refusal = refusals.get(pod.uid)
    const message =
      refusal && `Pod "${pod.name}" is no longer needed, but the API server refused to delete it: ${refusal.message}`
    if (message) return { type: DELETION_REFUSED, status: 'True', reason: ADMISSION_REFUSED, message }
  }
  return present && { type: DELETION_REFUSED, status: 'True', reason: present.reason, message: present.message ?? '' }
}

/** By their label alone nobody can tell whose Pods they are. */
function labelShared(namesakes: readonly string[]): Wanted {
  const message = `the label of this Buildkit's Pods is shared with Buildkit ${namesakes.map((name) => `"${name}"`).join(', ')}, so none of them is deleted; give one of the Buildkits a name of at most 63 characters that is no other's label`
  return { type: DELETION_REFUSED, status: 'True', reason: LABEL_SHARED, message }
}
