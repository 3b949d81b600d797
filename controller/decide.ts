import { isDeepStrictEqual } from 'node:util'
import { writeDue } from './judge/economy.ts'
import { failuresOf, forgivenAt } from './judge/failures.ts'
import { type Garbage, garbageOf, orphansOf } from './judge/garbage.ts'
import { handoverChangesAt } from './judge/handover.ts'
import { type Judged, type JudgedBuildkit, judgedBy } from './judge/judged.ts'
import { withRefusal } from './judge/refusal.ts'
import { slotsOf } from './judge/slots.ts'
import { statusOf } from './judge/status.ts'
import { missingAt } from './judge/trouble.ts'
import { volumesOverdueAt } from './judge/volumes.ts'
import type { Now } from './kube/now.ts'
import type { Absence, BuildkitStatus, Observation } from './observation.ts'
import { witnessBuildkit } from './observe/witness.ts'
import type { Pod } from './pod.ts'

/** How long a deletion waits after admission has refused it. */
const REFUSED_MILLISECONDS = 300_000

/** What is to be done about one builder. Moments are by the steady clock. */
export interface Decision {
  /** The status that its Buildkit must have; none without a Buildkit. */
  readonly status?: BuildkitStatus
  /** When to write it; absent if it is already written. */
  readonly writeDue?: number
  /** The Pods to delete now, each after a live re-check. */
  readonly deletions: readonly Garbage[]
  /** Whether a live request must confirm that there is no Buildkit. */
  readonly mustConfirmAbsence: boolean
  /** When the decision may change by time alone, apart from the write of its status. */
  readonly requeueAfterMilliseconds?: number
}

/** Every decision of the controller: the same observation at the same moment gives the same decision. */
export function decide(observation: Observation, now: Now): Decision {
  const { buildkit, absence } = observation
  const judged = judgedBy(observation, now.steady)
  if (buildkit) return decideOnBuildkit({ ...judged, buildkit }, now)
  return absence ? decideOnAbsence(judged, absence, now) : { deletions: [], mustConfirmAbsence: false }
}

function decideOnBuildkit(observation: JudgedBuildkit, now: Now): Decision {
  const { buildkit } = observation
  const slots = slotsOf(observation).map((slot) => ({ ...slot, failures: failuresOf(slot, now) }))
  const judged = statusOf(observation, slots, now)
  const deletions = dueOf(restAfterRefusal(observation, slots.flatMap(garbageOf)), now)
  // The written status determines what may be deleted and when, and this status will be the written one.
  const next = { ...observation, buildkit: witnessBuildkit({ ...buildkit, status: judged }, buildkit, now) }
  const nextSlots = slotsOf(next).map((slot, at) => ({ ...slot, failures: slots[at]?.failures }))
  const upcoming = nextSlots.flatMap(garbageOf)
  const status = withRefusal({ status: judged, garbage: dueOf(upcoming, now) }, observation, now)
  const isWritten = !buildkit.isStatusForeign && isDeepStrictEqual(buildkit.status, status)
  const later = restAfterRefusal(next, upcoming).filter(({ pod }) => !includesPod(deletions, pod))
  // A Pod waits until this status lets another one go.
  const isAwaited = dueOf(later, now).some(({ follower }) => follower !== undefined)
  const due = isAwaited ? now.steady : writeDue(observation, status, now.steady)
  const dues = later.map((garbage) => Math.max(garbage.due, now.steady + 1))
  const changes = nextSlots.flatMap((slot) => [
    missingAt(slot, now),
    forgivenAt(slot),
    handoverChangesAt(slot, now),
    volumesOverdueAt(slot),
  ])
  return {
    status,
    ...(!isWritten && { writeDue: due }),
    deletions,
    mustConfirmAbsence: false,
    ...requeueAt([observation.settlesAt, ...changes, ...dues], now),
  }
}

function decideOnAbsence(observation: Judged, absence: Absence, now: Now): Decision {
  const { quarantineMilliseconds, orphanMilliseconds } = observation.graces
  const looked = absence.since + (absence.how === 'never seen' ? orphanMilliseconds : quarantineMilliseconds)
  const orphans = restAfterRefusal(observation, orphansOf(observation, absence))
  return {
    deletions: dueOf(orphans, now),
    mustConfirmAbsence: observation.pods.length > 0 && absence.confirmed === undefined && looked <= now.steady,
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

// By name, so that the order of the input does not matter.
function dueOf(garbage: readonly Garbage[], { steady }: Now): readonly Garbage[] {
  return garbage.filter(({ due }) => due <= steady).sort((a, b) => (a.pod.name < b.pod.name ? -1 : 1))
}

function requeueAt(moments: readonly number[], { steady }: Now): Pick<Decision, 'requeueAfterMilliseconds'> {
  const next = Math.min(...moments.filter((moment) => moment > steady))
  return Number.isFinite(next) ? { requeueAfterMilliseconds: next - steady } : {}
}
