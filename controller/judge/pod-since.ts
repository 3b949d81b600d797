import { momentOf, type Now, steadyOf } from '../kube/now.ts'
import type { Buildkit, BuildkitStatus } from '../observation.ts'
import { isSeen } from '../observe/witness.ts'

/**
 * When the controller first saw the present names of the Pods, by the wall clock, because it is written into the status. Never before the
 * field itself was written: with a clock behind the API server's, old Pods would count as newer.
 */
function podSinceOf(buildkit: Buildkit, { wall, steady }: Now): number {
  const { podNamesWritten, podNamesSeen, status } = buildkit
  if (status.podSince !== undefined && isSeen(buildkit)) return Date.parse(status.podSince)
  const seen = wall - (steady - (podNamesSeen ?? steady))
  return Math.max(seen, podNamesWritten ?? seen)
}

/** The names of the current Pods with that moment, as the status has them. */
export function seenNames(buildkit: Buildkit, now: Now): Pick<BuildkitStatus, 'podName' | 'podNames' | 'podSince'> {
  const { podNames } = buildkit
  const [podName] = podNames
  if (podName === undefined) return {}
  const podSince = momentOf(podSinceOf(buildkit, now))
  return { podName, ...(podNames.length > 1 && { podNames: [...podNames] }), podSince }
}

/** The Buildkit with them in its status, as it will be written. */
export function withSeenNames(buildkit: Buildkit, now: Now): Buildkit {
  const { podName: _, podNames: __, podSince: ___, ...rest } = buildkit.status
  return { ...buildkit, status: { ...rest, ...seenNames(buildkit, now) } }
}

/** The same moment by the steady clock. */
export function podNamesSeenOf(buildkit: Buildkit, now: Now): number {
  return buildkit.podNamesSeen ?? steadyOf(podSinceOf(buildkit, now), now)
}
