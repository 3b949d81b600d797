import { publishedAt } from '../judge/published-at.ts'
import type { Buildkit } from '../observation.ts'
import type { Pod } from './pod.ts'

/**
 * A Pod with the moments that this process has witnessed, by its own clock; `before` is what it knew of that name until now. What
 * happened before it looked keeps the moment that is written, as far as that can be true: no two clocks are the same.
 */
export function witnessPod(pod: Pod, before: Pod | undefined, now: number): Pod {
  const known = before?.uid === pod.uid ? before : undefined
  const seen = known ? known.seen : now
  const ended = known ? (known.ended ?? now) : Math.min(Math.max(pod.finished ?? now, pod.created), now)
  return { ...pod, ...(seen !== undefined && { seen }), ...(pod.finished !== undefined && { ended }) }
}

/** A Buildkit with those moments. */
export function witnessBuildkit(buildkit: Buildkit, before: Buildkit | undefined, now: number): Buildkit {
  const known = before?.uid === buildkit.uid ? before : undefined
  const podNameSeen = podNameSeenAt(buildkit, known, now)
  const publishedSeen = publishedSeenAt(buildkit, known, now)
  const { podNameSeen: _, publishedSeen: __, ...read } = buildkit
  return {
    ...read,
    ...(podNameSeen !== undefined && { podNameSeen }),
    ...(publishedSeen !== undefined && { publishedSeen }),
  }
}

function podNameSeenAt({ podName, status }: Buildkit, known: Buildkit | undefined, now: number): number | undefined {
  if (known) return known.podName === podName ? known.podNameSeen : now
  return status.podName === podName && status.podSince !== undefined ? Math.min(Date.parse(status.podSince), now) : now
}

function publishedSeenAt(buildkit: Buildkit, known: Buildkit | undefined, now: number): number | undefined {
  const published = publishedAt(buildkit)
  if (published === undefined) return undefined
  if (!known) return Math.min(published, now)
  const isSame = known.podName === buildkit.podName && publishedAt(known) !== undefined
  return isSame ? known.publishedSeen : now
}
