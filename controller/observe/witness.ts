import { type Now, steadyOf } from '../kube/now.ts'
import { type Buildkit, conditionIn } from '../observation.ts'
import type { Pod } from '../pod.ts'
import { READY } from '../reasons.ts'

/** More former Pods than that do not live at the same time, unless somebody plays. */
const FORMER_MAX = 16

/**
 * A Pod with the moments that this process has witnessed, by its steady clock; `before` is what it knew of that name until now. What
 * happened before it looked keeps the moment that is written, as far as that can be true: no two clocks are the same.
 */
export function witnessPod(pod: Pod, before: Pod | undefined, now: Now): Pod {
  const known = before?.uid === pod.uid ? before : undefined
  const seen = known ? known.seen : now.steady
  const restartSeen = restartSeenAt(pod, known, now)
  const ended = known ? (known.ended ?? now.steady) : steadyOf(Math.max(pod.finished ?? now.wall, pod.created), now)
  return {
    ...pod,
    ...(seen !== undefined && { seen }),
    ...(restartSeen !== undefined && { restartSeen }),
    ...(pod.finished !== undefined && { ended }),
  }
}

/** Since when a container runs that has crashed: of the first restart that is heard of as it is written, of any other as it is seen. */
function restartSeenAt({ crashes, restarted }: Pod, known: Pod | undefined, now: Now): number | undefined {
  if (restarted === undefined) return undefined
  if (known?.restarted === undefined) return steadyOf(restarted, now)
  return known.crashes === crashes ? known.restartSeen : now.steady
}

/** A Buildkit with those moments, and with what it named before. */
export function witnessBuildkit(buildkit: Buildkit, before: Buildkit | undefined, now: Now): Buildkit {
  const known = before?.uid === buildkit.uid ? before : undefined
  const podNameSeen = podNameSeenAt(buildkit, known, now)
  const publishedSeen = publishedSeenAt(buildkit, known, now)
  const formerPodNames = formerPodNamesOf(buildkit, known)
  const { podNameSeen: _, publishedSeen: __, formerPodNames: ___, ...read } = buildkit
  return {
    ...read,
    ...(podNameSeen !== undefined && { podNameSeen }),
    ...(publishedSeen !== undefined && { publishedSeen }),
    ...(formerPodNames.length > 0 && { formerPodNames }),
  }
}

function podNameSeenAt({ podName, status }: Buildkit, known: Buildkit | undefined, now: Now): number | undefined {
  if (known) return known.podName === podName ? known.podNameSeen : now.steady
  const wasSeen = status.podName === podName && status.podSince !== undefined
  return wasSeen ? steadyOf(Date.parse(status.podSince as string), now) : now.steady
}

/** Not from the time that is written: a clock that is ahead would end a hand-over that has just begun. */
function publishedSeenAt(buildkit: Buildkit, known: Buildkit | undefined, now: Now): number | undefined {
  if (publishedAt(buildkit) === undefined) return undefined
  const isSame = known?.podName === buildkit.podName && known && publishedAt(known) !== undefined
  return isSame ? known.publishedSeen : now.steady
}

/** Later than at the first look the status is not believed: what it says of former Pods is what this process has written, or another's. */
function formerPodNamesOf({ podName, status }: Buildkit, known: Buildkit | undefined): readonly string[] {
  if (!known) {
    const refs = status.resourceRefs?.map(({ name }) => name) ?? []
    const written = [...(status.podName === undefined ? [] : [status.podName]), ...refs]
    return [...new Set(written)].filter((name) => name !== podName).slice(0, FORMER_MAX)
  }
  const { formerPodNames = [] } = known
  if (known.podName === undefined || known.podName === podName) return formerPodNames
  const others = formerPodNames.filter((name) => name !== known.podName && name !== podName)
  return [known.podName, ...others].slice(0, FORMER_MAX)
}

/** Since when the written status has the present `spec.podName` ready, in milliseconds as it was written; undefined where it has not. */
export function publishedAt({ podName, status }: Buildkit): number | undefined {
  const ready = conditionIn(status, READY)
  if (ready?.status !== 'True' || status.podName !== podName || status.podSince === undefined) return undefined
  return Math.max(Date.parse(status.podSince), Date.parse(ready.lastTransitionTime))
}
