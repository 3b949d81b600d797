import type { Now } from '../kube/now.ts'
import { type BuildkitStatus, conditionIn } from '../observation.ts'
import { ADMISSION_REFUSED, DELETION_REFUSED, LABEL_SHARED } from '../reasons.ts'
import { conditionOf, type Wanted } from './conditions.ts'
import type { Garbage } from './garbage.ts'
import type { JudgedBuildkit } from './judged.ts'

/** A status, and the Pods to delete. */
interface Verdict {
  readonly status: BuildkitStatus
  readonly garbage: readonly Garbage[]
}

/** The status, with the condition that a deletion was refused. */
export function withRefusal({ status, garbage }: Verdict, observation: JudgedBuildkit, now: Now): BuildkitStatus {
  const wanted = refused(observation, garbage)
  if (!wanted) return status
  const condition = conditionOf(observation.buildkit, wanted, now)
  return { ...status, conditions: [...(status.conditions ?? []), condition] }
}

/** A refusal of an earlier process is known from the status only; it stays there until there is nothing to delete. */
function refused({ buildkit, refusals, namesakes }: JudgedBuildkit, garbage: readonly Garbage[]): Wanted {
  if (namesakes) return labelShared(namesakes)
  const present = conditionIn(buildkit.status, DELETION_REFUSED)
  if (garbage.length === 0) return undefined
  for (const { pod } of garbage) {
    const refusal = refusals.get(pod.uid)
    const message =
      refusal && `Pod "${pod.name}" is no longer needed, but the API server refused to delete it: ${refusal.message}`
    if (message) return { type: DELETION_REFUSED, status: 'True', reason: ADMISSION_REFUSED, message }
  }
  return present && { type: DELETION_REFUSED, status: 'True', reason: present.reason, message: present.message ?? '' }
}

/** The label alone does not show which Buildkit the Pods belong to. */
function labelShared(namesakes: readonly string[]): Wanted {
  const message = `this Buildkit shares the label of its Pods with Buildkit ${namesakes.map((name) => `"${name}"`).join(', ')}, so the controller deletes none of them; give one of the Buildkits a name of at most 63 characters that is not the label of another one`
  return { type: DELETION_REFUSED, status: 'True', reason: LABEL_SHARED, message }
}
