import type { Now } from '../kube/now.ts'
import type { BuildkitStatus, Endpoint } from '../observation.ts'
import type { Pod, Trouble } from '../pod.ts'
import {
  AVAILABLE,
  DEPLOYED,
  KEEPS_FAILING,
  NOT_RENDERED,
  POD_OWNED_BY_ANOTHER,
  POD_READY,
  POD_RENAMED,
  POD_STARTING,
  READY,
  RECONCILING,
  STALLED,
  WAITING_FOR_HANDOVER,
  WAITING_FOR_TERMINATION,
} from '../reasons.ts'
import { conditionsOf, type Wanted } from './conditions.ts'
import { keepsFailing } from './failures.ts'
import { isHandoverOverdue } from './handover.ts'
import { ignored } from './ignored.ts'
import type { JudgedBuildkit } from './judged.ts'
import { seenNames } from './pod-since.ts'
import { endpointOf } from './published.ts'
import { resourceRefsOf } from './resource-refs.ts'
import { preferredPod, servingPod } from './serving.ts'
import type { CountedSlot, Slot } from './slot.ts'
import { isSuspended, suspended } from './suspended.ts'
import { troubleOf, withoutFullStop } from './trouble.ts'

/** Reasons that pass by themselves. */
const USUAL = [POD_STARTING, WAITING_FOR_HANDOVER, WAITING_FOR_TERMINATION]
/** Reasons that need manual action. */
const NEEDS_A_PERSON = [NOT_RENDERED, POD_RENAMED, POD_OWNED_BY_ANOTHER]

/** What is wrong with a replica, and whether only a person can help. */
interface Wrong {
  readonly trouble: Trouble
  readonly stalled: Trouble | undefined
}

/**
 * The status of an observed Buildkit, as kstatus (`sigs.k8s.io/cli-utils/pkg/kstatus`) and `kubectl wait` read it: Ready describes the
 * Pods that Git names, Deployed any Pods that serve. `withRefusal` adds the condition of a refused deletion.
 * Invariant: status is a function of (observation, now)
 */
export function statusOf(observation: JudgedBuildkit, slots: readonly CountedSlot[], now: Now): BuildkitStatus {
  const { buildkit } = observation
  const serving = slots.flatMap((slot) => servingPod(slot) ?? [])
  const wrongs = slots.flatMap((slot) => wrongWith(slot, now) ?? [])
  const wrong = worstOf(wrongs)
  const trouble = wrong && { ...wrong.trouble, message: amongAll(wrong.trouble, wrongs, slots) }
  const stalled = wrong?.stalled
  const wanted: readonly Wanted[] = [
    trouble ? { type: READY, status: 'False', ...trouble } : { type: READY, status: 'True', ...ready(slots) },
    deployed(serving, slots, trouble),
    trouble && !stalled ? { type: RECONCILING, status: 'True', ...trouble } : undefined,
    stalled && { type: STALLED, status: 'True', ...stalled },
    ignored(observation),
    suspended(buildkit),
  ]
  const failures = slots.flatMap((slot) => slot.failures ?? [])
  return {
    observedGeneration: buildkit.generation,
    conditions: [...conditionsOf(buildkit, wanted, now)],
    ...endpointsOf(slots),
    readyReplicas: slots.length - wrongs.length,
    resourceRefs: resourceRefsOf(observation),
    ...seenNames(buildkit, now),
    ...(failures.length > 0 && { failures }),
  }
}

/** Where clients reach the builder: all fields of a Pod change in one write. */
function endpointsOf(slots: readonly Slot[]): Pick<BuildkitStatus, 'endpoint' | 'tlsServerName' | 'endpoints'> {
  const preferred = preferredPod(slots)
  if (!preferred) return {}
  const { address, tlsServerName } = preferred
  return {
    endpoint: address as string,
    ...(tlsServerName !== undefined && { tlsServerName }),
    endpoints: slots.flatMap((slot) => endpointIn(slot) ?? []),
  }
}

function endpointIn(slot: Slot): Endpoint | undefined {
  const pod = servingPod(slot)
  return pod && endpointOf(pod, slot.replica)
}

function wrongWith(slot: CountedSlot, now: Now): Wrong | undefined {
  const trouble = troubleOf(slot, now)
  if (!trouble) return undefined
  return { trouble, stalled: isHandoverOverdue(slot, now) ? trouble : stalledBy(slot, trouble) }
}

/** What a person must help with comes first, and last what happens to any Pod. */
function worstOf(wrongs: readonly Wrong[]): Wrong | undefined {
  const isUsual = ({ trouble }: Wrong) => USUAL.includes(trouble.reason)
  return wrongs.find(({ stalled }) => stalled) ?? wrongs.find((wrong) => !isUsual(wrong)) ?? wrongs[0]
}

/** What is wrong with one of several replicas, after how many there are of it. */
function amongAll(trouble: Trouble, { length }: readonly Wrong[], slots: readonly Slot[]): string {
  if (slots.length < 2) return trouble.message
  const others = length > 1 ? `; ${length - 1} more ${length === 2 ? 'is' : 'are'} not ready` : ''
  return `${slots.length - length} of ${slots.length} Pods are ready; ${withoutFullStop(trouble)}${others}`
}

function ready(slots: readonly Slot[]): Trouble {
  const { length } = slots
  const message = length > 1 ? `${length} of ${length} Pods are ready` : `Pod "${slots[0]?.podName}" is ready`
  return { reason: POD_READY, message }
}

function deployed(serving: readonly Pod[], { length }: readonly Slot[], trouble: Trouble | undefined): Wanted {
  const [first] = serving
  if (!first) return trouble && { type: DEPLOYED, status: 'False', ...trouble }
  const message = length > 1 ? `${serving.length} of ${length} Pods serve` : `Pod "${first.name}" serves`
  return { type: DEPLOYED, status: 'True', reason: AVAILABLE, message }
}

function stalledBy({ buildkit, failures }: CountedSlot, trouble: Trouble): Trouble | undefined {
  if (NEEDS_A_PERSON.includes(trouble.reason)) return trouble
  if (!keepsFailing(failures)) return undefined
  const next = isSuspended(buildkit)
    ? 'the controller does not delete it while the Buildkit is suspended'
    : 'the controller deletes it five minutes after each end so that it can be created again'
  const ended = `Pod "${failures.podName}" has ended ${failures.count} times without being ready for ten minutes in between`
  return { reason: KEEPS_FAILING, message: `${ended}; ${next}` }
}
