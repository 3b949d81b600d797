import type { Buildkit } from '../observation.ts'

/**
 * When the controller first saw the present `spec.podName`, in milliseconds: now, if the status does not speak of it yet. Never before
 * it was written: a clock that is behind the API server's would take Pods that are old for newer ones.
 */
export function podSinceOf({ podName, podNameWritten, status }: Buildkit, now: number): number {
  if (status.podName === podName && status.podSince !== undefined) return Date.parse(status.podSince)
  return Math.max(now, podNameWritten ?? now)
}
