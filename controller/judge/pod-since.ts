import type { Now } from '../kube/now.ts'
import type { Buildkit } from '../observation.ts'

/**
 * When the controller first saw the present `spec.podName`, in milliseconds by the wall clock, since it is written. Never before it was
 * written itself: a clock that is behind the API server's would take Pods that are old for newer ones.
 */
export function podSinceOf({ podName, podNameWritten, podNameSeen, status }: Buildkit, { wall, steady }: Now): number {
  if (status.podName === podName && status.podSince !== undefined) return Date.parse(status.podSince)
  const seen = wall - (steady - (podNameSeen ?? steady))
  return Math.max(seen, podNameWritten ?? seen)
}
