import type { Cluster } from '../cluster.ts'
import { ApiError } from '../kube/api/api-error.ts'
import { boundedText } from '../kube/bounded-text.ts'
import { type Buildkit, type BuildkitStatus, isSameEndpoint, OUR_CONDITIONS } from '../observation.ts'

/** Answers after which a shorter status may succeed: it is too large, or validation or admission refuses it. */
const MAY_TAKE_LESS = [400, 413, 422, 500]
const SHORT_MESSAGE_LENGTH = 200

export interface StatusWriting {
  readonly cluster: Cluster
  /** Called with the Buildkit and its new status after each successful write. */
  readonly onWritten: (written: Buildkit) => void
}

/**
 * Writes the status of exactly this version of the Buildkit. If the API server refuses it, writes a shorter one; if it refuses that too,
 * clears an endpoint that is no longer right: clients must not connect to where nothing serves. In both cases rejects with the first
 * error.
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
    const isRight = buildkit.status.endpoint === undefined || isSameEndpoint(buildkit.status, status)
    return isRight ? undefined : await cluster.clearEndpoint(buildkit)
  }
}

/** The part of a status that clients and the next decision need. */
function plain({ conditions = [], resourceRefs: _, ...rest }: BuildkitStatus): BuildkitStatus {
  const ours = conditions.filter(({ type }) => OUR_CONDITIONS.includes(type))
  const short = ours.map(({ message, ...each }) => ({
    ...each,
    ...(message && { message: boundedText(message, SHORT_MESSAGE_LENGTH) }),
  }))
  return { ...rest, conditions: short }
}
