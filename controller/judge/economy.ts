import { type Buildkit, type BuildkitStatus, conditionIn, isSameEndpoint, type Observation } from '../observation.ts'
import { POD_STARTING, READY } from '../reasons.ts'

/** The delay combines changes in one write: watches deliver the objects of one `kubectl apply` one by one. */
const HELD_MILLISECONDS = 2_000
/** A starting Pod is no news: until a status is written, the default of the CRD reports the same. */
const STARTING_HELD_MILLISECONDS = 5_000
/** Schedulers and kubelets change their messages every few seconds. */
const APART_MILLISECONDS = 10_000

/**
 * When to write a status that differs from the written one, by the steady clock: at once if clients depend on the change (the endpoint,
 * readiness), otherwise after a delay, and not soon after the last write.
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
  return !isSameEndpoint(before, after) || isReady(before) !== isReady(after)
}

function isReady(status: BuildkitStatus): boolean {
  return conditionIn(status, READY)?.status === 'True'
}
