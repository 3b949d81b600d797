import { failuresOf, forgivenAt } from './judge/failures.ts'
import { type Garbage, garbageOf, orphansOf } from './judge/garbage.ts'
import { withRefusal } from './judge/refusal.ts'
import { statusOf } from './judge/status.ts'
import { missingAt } from './judge/trouble.ts'
import type { Absence, Buildkit, BuildkitStatus, Observation } from './observation.ts'
import type { Pod } from './observe/pod.ts'
import { witnessBuildkit } from './observe/witness.ts'

/** How long a deletion rests that admission has refused. */
const REFUSED_MILLISECONDS = 300_000

/** What is to be done about one builder. */
export interface Decision {
  /** The status that its Buildkit must have; none without a Buildkit. */
  readonly status?: BuildkitStatus
  /** The Pods to delete now, each after a live re-check. */
  readonly deletions: readonly Garbage[]
  /** Whether a live request must confirm that there is no Buildkit. */
  readonly mustConfirmAbsence: boolean
  /** When the decision may change by time alone. */
  readonly requeueAfterMilliseconds?: number
}

/** All that the controller judges: the same observation at the same moment (milliseconds since 1970) is the same decision. */
export function decide(observation: Observation, now: number): Decision {
  const { buildkit, absence } = observation
  if (buildkit) return decideOnBuildkit(observation, buildkit, now)
  return absence ? decideOnAbsence(observation, absence, now) : { deletions: [], mustConfirmAbsence: false }
}

function decideOnBuildkit(observation: Observation, buildkit: Buildkit, now: number): Decision {
  const failures = failuresOf(observation, now)
  const judged = statusOf(observation, failures, now)
  const deletions = dueOf(restAfterRefusal(observation, garbageOf(observation, failures)), now)
  // What may be deleted when depends on the status that stands written, and this one will.
  const next = { ...observation, buildkit: witnessBuildkit({ ...buildkit, status: judged }, buildkit, now) }
  const upcoming = garbageOf(next, failures)
  const status = withRefusal({ status: judged, garbage: dueOf(upcoming, now) }, observation, now)
  const later = restAfterRefusal(next, upcoming).filter(({ pod }) => !includesPod(deletions, pod))
  const moments = [missingAt(next, now), forgivenAt(next), ...later.map(({ due }) => Math.max(due, now + 1))]
  return { status, deletions, mustConfirmAbsence: false, ...requeueAt(moments, now) }
}

function decideOnAbsence(observation: Observation, absence: Absence, now: number): Decision {
  const { quarantineMilliseconds, orphanMilliseconds } = observation.graces
  const looked = absence.since + (absence.how === 'never seen' ? orphanMilliseconds : quarantineMilliseconds)
  const orphans = restAfterRefusal(observation, orphansOf(observation, absence))
  return {
    deletions: dueOf(orphans, now),
    mustConfirmAbsence: observation.pods.length > 0 && absence.confirmed === undefined && looked <= now,
    ...requeueAt([looked, ...orphans.map(({ due }) => due)], now),
  }
}

function restAfterRefusal({ refusals }: Observation, garbage: readonly Garbage[]): readonly Garbage[] {
  return garbage.map((piece) => {
    const refusal = refusals.get(piece.pod.uid)
    return refusal ? { ...piece, due: Math.max(piece.due, refusal.time + REFUSED_MILLISECONDS) } : piece
  })
}

function includesPod(garbage: readonly Garbage[], pod: Pod): boolean {
  return garbage.some((piece) => piece.pod === pod)
}

// By name, so that the order of the Pods that came in does not matter.
function dueOf(garbage: readonly Garbage[], now: number): readonly Garbage[] {
  return garbage.filter(({ due }) => due <= now).sort((a, b) => (a.pod.name < b.pod.name ? -1 : 1))
}

function requeueAt(moments: readonly number[], now: number): Pick<Decision, 'requeueAfterMilliseconds'> {
  const next = Math.min(...moments.filter((moment) => moment > now))
  return Number.isFinite(next) ? { requeueAfterMilliseconds: next - now } : {}
}
