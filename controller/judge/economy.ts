import { isDeepStrictEqual } from 'node:util'
import { type BuildkitStatus, conditionIn, type Endpoint, isSameEndpoint } from '../observation.ts'
import { namesKnownFrom } from '../observe/witness.ts'
import { POD_STARTING, READY } from '../reasons.ts'
import type { JudgedBuildkit } from './judged.ts'
import { isAt } from './published.ts'
import { isServing } from './serving.ts'

/** The delay combines changes in one write: watches deliver the objects of one `kubectl apply` one by one. */
const HELD_MILLISECONDS = 2_000
/** A starting Pod is no news: until a status is written, the default of the CRD reports the same. */
const STARTING_HELD_MILLISECONDS = 5_000
/** Schedulers and kubelets change their messages every few seconds. */
const APART_MILLISECONDS = 10_000

/**
 * When to write a status that differs from the written one, by the steady clock: at once if clients depend on the change (the endpoint,
 * readiness, an address that no longer serves) or the next process does, otherwise after a delay, and not soon after the last write.
 */
export function writeDue(observation: JudgedBuildkit, status: BuildkitStatus, steady: number): number {
  const { heldSince, lastWritten } = observation
  if (isUrgent(observation, status)) return steady
  const isStarting = conditionIn(status, READY)?.reason === POD_STARTING
  const held = (heldSince ?? steady) + (isStarting ? STARTING_HELD_MILLISECONDS : HELD_MILLISECONDS)
  return Math.max(held, (lastWritten ?? Number.NEGATIVE_INFINITY) + APART_MILLISECONDS)
}

function isUrgent(observation: JudgedBuildkit, after: BuildkitStatus): boolean {
  const { status: before } = observation.buildkit
  return (
    !isSameEndpoint(before, after) ||
    isReady(before) !== isReady(after) ||
    hasLost(observation, after) ||
    isOnlyKnownHere(observation, after)
  )
}

/** Whether only this process knows that Git has named a Pod: the next one would never publish it, though for a drain it counts. */
function isOnlyKnownHere(
  { buildkit: { podNames, status } }: JudgedBuildkit,
  { resourceRefs = [] }: BuildkitStatus,
): boolean {
  const known = [...podNames, ...namesKnownFrom(status)]
  return resourceRefs.some(({ name }) => !known.includes(name))
}

/** Whether clients may know an address at which nothing serves any more. One more address can wait for the others. */
function hasLost(observation: JudgedBuildkit, { endpoints = [] }: BuildkitStatus): boolean {
  const { status } = observation.buildkit
  const serves = (endpoint: Endpoint) =>
    observation.pods.some((pod) => isAt(pod, endpoint) && isServing(pod, observation))
  const isListed = (endpoint: Endpoint) => endpoints.some((other) => isDeepStrictEqual(endpoint, other))
  return status.endpoints?.some((endpoint) => !isListed(endpoint) && !serves(endpoint)) ?? false
}

function isReady(status: BuildkitStatus): boolean {
  return conditionIn(status, READY)?.status === 'True'
}
