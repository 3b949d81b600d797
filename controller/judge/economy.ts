import type { Buildkit, BuildkitStatus, Observation } from '../observation.ts'
import { conditionIn } from '../observation.ts'
import { POD_STARTING, READY } from '../reasons.ts'

/** What may still become a write that says more: the watches of one `kubectl apply` tell of its objects one by one. */
const HELD_MILLISECONDS = 2_000
/** A Pod on its way up is no news: until a status is written, the default of the CRD says as much. */
const STARTING_HELD_MILLISECONDS = 5_000
/** Schedulers and kubelets have other words every few seconds. */
const APART_MILLISECONDS = 10_000

/**
 * When a status is to be written that differs from the written one, by the steady clock: at once where clients must know (the endpoint,
 * whether the builder is ready), else when it has been out of date for a while, and not soon after the last write.
 */
export function writeDue(
  { buildkit, heldSince, lastWritten }: Observation,
  status: BuildkitStatus,
  steady: number,
): number {
  if (isUrgent((buildkit as Buildkit).status, status)) return steady
  const isStarting = conditionIn(status, READY)?.reason === POD_STARTING
  const held = (heldSince ?? steady) + (isStarting ? STARTING_HELD_MILLISECONDS : HELD_MILLISECONDS)
  return Math.max(held, (lastWritten ?? Number.NEGATIVE_INFINITY) + APART_MILLISECONDS)
}

function isUrgent(before: BuildkitStatus, after: BuildkitStatus): boolean {
  return before.endpoint !== after.endpoint || isReady(before) !== isReady(after)
}

function isReady(status: BuildkitStatus): boolean {
  return conditionIn(status, READY)?.status === 'True'
}
