import type { Cluster } from '../cluster.ts'
import { decide } from '../decide.ts'
import type { Garbage } from '../judge/garbage.ts'
import { ApiError, NotSentError } from '../kube/api/api-error.ts'
import { elapsedBetween, readNow } from '../kube/now.ts'
import type { Observation } from '../observation.ts'
import { witnessBuildkit, witnessPod } from '../observe/witness.ts'
import type { Pod } from '../pod.ts'

/** The result of a deletion. `gone`: the Pod was already deleted; `changed`: the live state no longer requires it. */
export type Outcome = 'deleted' | 'gone' | 'changed' | Refused

/**
 * How old the live state may be when a deletion is sent. A process may be stopped in between, and the API server restored from a backup in
 * which the same version of the Pod is current.
 */
const RECHECK_MILLISECONDS = 5_000

/** What the caches know of a builder. */
interface Known {
  readonly observation: Observation
  /** Whether they still require the deletion: a re-check may wait long for its answers, and a try for the next one. */
  readonly isStillDue: () => boolean
}

interface Refused {
  readonly refused: string
}

/**
 * Deletes a Pod if the live state agrees. It reads the Buildkit and its Pods again, decides again, and deletes exactly the version of
 * the Pod that it has read.
 * Invariant: a Pod is deleted only after a live re-check
 */
export async function deleteAfterRecheck(
  { pod }: Garbage,
  { observation, isStillDue }: Known,
  cluster: Cluster,
): Promise<Outcome> {
  const asked = readNow()
  const live = await observeLive(pod, observation, cluster)
  const agreed = decide(live, readNow()).deletions.find((garbage) => garbage.pod.uid === pod.uid)
  if (!agreed) return 'changed'
  const mayGo = () => isStillDue() && elapsedBetween(asked, readNow()) < RECHECK_MILLISECONDS
  try {
    await cluster.deletePod(agreed.pod, mayGo)
    return 'deleted'
  } catch (error) {
    if (error instanceof NotSentError && !mayGo()) return 'changed'
    return outcomeOf(error)
  }
}

/** The builder as the API server has it now, with what only this process knows. */
async function observeLive(
  { namespace, buildkit: labelValue }: Pod,
  known: Observation,
  cluster: Cluster,
): Promise<Observation> {
  const [buildkits, pods] = await Promise.all([
    cluster.readBuildkits(namespace, labelValue),
    cluster.listPods(namespace, labelValue),
  ])
  const now = readNow()
  const { absence, rivals, refusals, graces } = known
  const witnessed = pods.map((each) =>
    witnessPod(
      each,
      known.pods.find(({ name }) => name === each.name),
      now,
    ),
  )
  // If several Buildkits share the label, the decision deletes nothing.
  const [buildkit, ...namesakes] = buildkits
  return {
    ...(buildkit ? { buildkit: witnessBuildkit(buildkit, known.buildkit, now) } : absence && { absence }),
    ...(namesakes.length > 0 && { namesakes: namesakes.map(({ name }) => name) }),
    ...(rivals && { rivals }),
    pods: witnessed,
    refusals,
    graces,
  }
}

function outcomeOf(error: unknown): Outcome {
  if (!(error instanceof ApiError)) throw error
  if (error.code === 404) return 'gone'
  if (error.code === 409) return 'changed'
  // Any other 4xx is a refusal by authorization or admission, whose webhooks choose the code.
  if (error.code >= 400 && error.code < 500 && error.code !== 401 && error.code !== 429)
    return { refused: error.message }
  throw error
}
