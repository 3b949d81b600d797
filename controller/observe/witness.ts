import { isDeepStrictEqual } from 'node:util'
import { type Now, steadyOf } from '../kube/now.ts'
import { type Buildkit, type BuildkitStatus, conditionIn } from '../observation.ts'
import type { Pod } from '../pod.ts'
import { READY } from '../reasons.ts'
import { REFS_MAX } from './to-status.ts'

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
  const podNamesSeen = podNamesSeenAt(buildkit, known, now)
  const publishedSeen = publishedSeenAt(buildkit, known, now)
  const formerPodNames = formerPodNamesOf(buildkit, known)
  const { podNamesSeen: _, publishedSeen: __, formerPodNames: ___, ...read } = buildkit
  return {
    ...read,
    ...(podNamesSeen !== undefined && { podNamesSeen }),
    ...(publishedSeen && { publishedSeen }),
    ...(formerPodNames.length > 0 && { formerPodNames }),
  }
}

function podNamesSeenAt(buildkit: Buildkit, known: Buildkit | undefined, now: Now): number | undefined {
  if (known) return isDeepStrictEqual(known.podNames, buildkit.podNames) ? known.podNamesSeen : now.steady
  const { podSince } = buildkit.status
  return podSince !== undefined && isSeen(buildkit) ? steadyOf(Date.parse(podSince), now) : now.steady
}

/** Not the written time: with a clock that is ahead, a handover would end right after its start. */
function publishedSeenAt(
  { podNames, status }: Buildkit,
  known: Buildkit | undefined,
  now: Now,
): Buildkit['publishedSeen'] {
  const published = status.endpoints?.filter(({ podName }) => podNames.includes(podName)) ?? []
  if (published.length === 0) return undefined
  return Object.fromEntries(published.map(({ podName }) => [podName, known?.publishedSeen?.[podName] ?? now.steady]))
}

/** Only the first look trusts the status: later it contains what this process has written, or somebody else. */
function formerPodNamesOf({ podNames, status }: Buildkit, known: Buildkit | undefined): readonly string[] {
  const former = known ? [...known.podNames, ...(known.formerPodNames ?? [])] : namesKnownFrom(status)
  return [...new Set(former)].filter((name) => !podNames.includes(name)).slice(0, REFS_MAX)
}

/** The Pods of which a process that starts learns from the status that Git has named them. */
export function namesKnownFrom(status: BuildkitStatus): readonly string[] {
  return [...podNamesOf(status), ...(status.resourceRefs?.map(({ name }) => name) ?? [])]
}

/** The names of the current Pods that the controller last saw. */
function podNamesOf({ podName, podNames }: BuildkitStatus): readonly string[] {
  return podNames ?? (podName === undefined ? [] : [podName])
}

/** Whether the written status is about the present names of its Pods. */
export function isSeen({ podNames, status }: Buildkit): boolean {
  return isDeepStrictEqual(podNamesOf(status), podNames)
}

/** Since when the written status reports the present Pods as ready, by its written times; undefined if it does not. */
export function publishedAt(buildkit: Buildkit): number | undefined {
  const { podSince } = buildkit.status
  const ready = conditionIn(buildkit.status, READY)
  if (ready?.status !== 'True' || podSince === undefined || !isSeen(buildkit)) return undefined
  return Math.max(Date.parse(podSince), Date.parse(ready.lastTransitionTime))
}
