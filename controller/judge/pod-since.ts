import { momentOf, type Now, steadyOf } from '../kube/now.ts'
import type { Buildkit } from '../observation.ts'

/**
 * When the controller first saw the present `spec.podName`, by the wall clock, because it is written into the status. Never before the
 * field itself was written: with a clock behind the API server's, old Pods would count as newer.
 */
export function podSinceOf({ podName, podNameWritten, podNameSeen, status }: Buildkit, { wall, steady }: Now): number {
  if (status.podName === podName && status.podSince !== undefined) return Date.parse(status.podSince)
  const seen = wall - (steady - (podNameSeen ?? steady))
  return Math.max(seen, podNameWritten ?? seen)
}

/** The Buildkit with that moment in its status, as it will be written. */
export function withPodSince(buildkit: Buildkit, now: Now): Buildkit {
  const { podName, status } = buildkit
  if (podName === undefined) return buildkit
  return { ...buildkit, status: { ...status, podName, podSince: momentOf(podSinceOf(buildkit, now)) } }
}

/** The same moment by the steady clock. */
export function podNameSeenOf(buildkit: Buildkit, now: Now): number {
  return buildkit.podNameSeen ?? steadyOf(podSinceOf(buildkit, now), now)
}
