import type { Cluster } from '../cluster.ts'
import { ApiError } from '../kube/api/api-error.ts'
import { boundedText } from '../kube/bounded-text.ts'
import { type Buildkit, type BuildkitStatus, OUR_CONDITIONS } from '../observation.ts'

/** Answers after which less of a status may still be written: it is too large, or the API server's validation or admission minds it. */
const MAY_TAKE_LESS = [400, 413, 422, 500]
const SHORT_MESSAGE_LENGTH = 200

export interface StatusWriting {
  readonly cluster: Cluster
  /** Told of each answer that holds: the Buildkit with its new status. */
  readonly onWritten: (written: Buildkit) => void
}

/**
 * Writes the status of exactly this version of the Buildkit. Where it cannot be written whole it is written without its ornaments, and
 * where not even that works, an endpoint that is no longer right is taken out alone: clients must not be sent to where nothing is.
 * Rejects with why it could not be written whole in any case.
 */
export async function writeStatus(
  buildkit: Buildkit,
  status: BuildkitStatus,
  { cluster, onWritten }: StatusWriting,
): Promise<void> {
  try {
    onWritten(await cluster.patchStatus(buildkit, status))
  } catch (error) {
    if (!(error instanceof ApiError && MAY_TAKE_LESS.includes(error.code))) throw error
    const written = await writeLess(buildkit, status, cluster)
    if (written) onWritten(written)
    throw error
  }
}

async function writeLess(buildkit: Buildkit, status: BuildkitStatus, cluster: Cluster): Promise<Buildkit | undefined> {
  try {
    return await cluster.patchStatus(buildkit, plain(status))
  } catch {
    const { endpoint } = buildkit.status
    return endpoint === undefined || endpoint === status.endpoint ? undefined : await cluster.clearEndpoint(buildkit)
  }
}

/** What clients and the next decision need of a status. */
function plain({ conditions = [], resourceRefs: _, ...rest }: BuildkitStatus): BuildkitStatus {
  const ours = conditions.filter(({ type }) => OUR_CONDITIONS.includes(type))
  const short = ours.map(({ message, ...each }) => ({
    ...each,
    ...(message && { message: boundedText(message, SHORT_MESSAGE_LENGTH) }),
  }))
  return { ...rest, conditions: short }
}
