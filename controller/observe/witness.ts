import { type Now, steadyOf } from '../kube/now.ts'
import { type Buildkit, conditionIn } from '../observation.ts'
import type { Pod } from '../pod.ts'
import { READY } from '../reasons.ts'

/** More former Pods than this do not exist at the same time in practice. */
const FORMER_MAX = 16

/**
 * A Pod with the times at which this process saw its changes, by its steady clock; `before` is the last known Pod of that name. Earlier
 * changes keep their written times, within what is possible: clocks differ.
 */
export function witnessPod(pod: Pod, before: Pod | undefined, now: Now): Pod {
  const known = before?.uid === pod.uid ? before : undefined
  const seen = known ? known.seen : now.steady
  const restartSeen = restartSeenAt(pod, known, now)
  const graceEnds = graceEndsAt(pod, known, now)
  const mountingSeen = mountingSeenAt(pod, known, now)
  const ended = known ? (known.ended ?? now.steady) : endedBefore(pod, now)
  return {
    ...pod,
    ...(seen !== undefined && { seen }),
    ...(restartSeen !== undefined && { restartSeen }),
    ...(graceEnds !== undefined && { graceEnds }),
    ...(mountingSeen !== undefined && { mountingSeen }),
    ...(pod.finished !== undefined && { ended }),
  }
}

/**
 * When a Pod had ended before this process saw it. Its backoff must not be over too early, so the clock counts that has advanced less:
 * somebody may have set the wall clock forward.
 */
function endedBefore({ finished, created }: Pod, { wall, steady }: Now): number {
  return steadyOf(Math.max(finished ?? wall, created), { wall: Math.min(wall, steady), steady })
}

/** When the grace period of a Pod ends that is being deleted: a shortened one has another deadline. */
function graceEndsAt(pod: Pod, known: Pod | undefined, now: Now): number | undefined {
  const { deletionDeadline, graceMilliseconds = 0 } = pod
  if (deletionDeadline === undefined) return undefined
  if (known?.deletionDeadline === deletionDeadline) return known.graceEnds
  return (known ? now.steady : steadyOf(deletionDeadline - graceMilliseconds, now)) + graceMilliseconds
}

/** Since when a Pod waits for its node: the written time at the first look, so that a new process does not wait again. */
function mountingSeenAt({ mounting }: Pod, known: Pod | undefined, now: Now): number | undefined {
  if (!mounting) return undefined
  if (!known) return steadyOf(mounting.since, now)
  return known.mounting ? known.mountingSeen : now.steady
}

/** Since when a container that has crashed runs: the written time of the first known restart, the time of observation for later ones. */
function restartSeenAt({ crashes, restarted }: Pod, known: Pod | undefined, now: Now): number | undefined {
  if (restarted === undefined) return undefined
  if (known?.restarted === undefined) return steadyOf(restarted, now)
  return known.crashes === crashes ? known.restartSeen : now.steady
}

/** A Buildkit with such times, and with the Pods that it named before. */
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

/** Not the written time: with a clock that is ahead, a handover would end right after its start. */
function publishedSeenAt(buildkit: Buildkit, known: Buildkit | undefined, now: Now): number | undefined {
  if (publishedAt(buildkit) === undefined) return undefined
  const isSame = known?.podName === buildkit.podName && known && publishedAt(known) !== undefined
  return isSame ? known.publishedSeen : now.steady
}

/** Only the first look trusts the status: later it contains what this process has written, or somebody else. */
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

/** Since when the written status reports the present `spec.podName` as ready, by its written times; undefined if it does not. */
export function publishedAt({ podName, status }: Buildkit): number | undefined {
  const ready = conditionIn(status, READY)
  if (ready?.status !== 'True' || status.podName !== podName || status.podSince === undefined) return undefined
  return Math.max(Date.parse(status.podSince), Date.parse(ready.lastTransitionTime))
}
