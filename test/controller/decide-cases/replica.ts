import type { BuildkitStatus, Condition } from '../../../controller/observation.ts'
import type { Pod, Trouble } from '../../../controller/pod.ts'
import { addressOf, ago, GENERATION, HOUR, pendingPod, pod, stamp } from './builder.ts'
import { isFalse, isTrue } from './status.ts'

/** Three Pods of Buildkit "b", and those that take their places. */
export const NAMES = ['b-ffffffffff', 'b-gggggggggg', 'b-hhhhhhhhhh'] as const
export const NEXT = ['b-ssssssssss', 'b-vvvvvvvvvv', 'b-wwwwwwwwww'] as const
export const [ZERO, ONE, TWO] = NAMES
export const [NEXT_ZERO, NEXT_ONE, NEXT_TWO] = NEXT

/** A ready Pod of a replica; the nodes are called after their replicas. */
export function replica(name: string, rest: Partial<Pod> = {}): Pod {
  return pod(name, { ...placeOf(name), ...rest })
}

/** One that has not started yet. */
export function waiting(name: string, rest: Partial<Pod> = {}): Pod {
  return pendingPod(name, { ...placeOf(name), created: ago(1), ...rest })
}

function placeOf(name: string) {
  const at = Math.max(NAMES.indexOf(name as typeof ZERO), NEXT.indexOf(name as typeof NEXT_ZERO))
  return { ...(at > 0 && { replica: at }), nodeName: `node-${at}` }
}

/** Created long before the names of the next Pods were written. */
export const AGED = { created: ago(3 * HOUR) }
/** The three Pods, ready for long. */
export const old = NAMES.map((name) => replica(name, AGED))
/** That Git has named the old Pods before. */
export const rolled = { formerPodNames: NAMES }

interface Parts {
  readonly names?: readonly string[]
  readonly podSince?: number
  /** Those of the Pods that serve. */
  readonly serving: readonly string[]
  readonly endpoint?: string
  readonly readyReplicas: number
  readonly pods?: readonly string[]
  readonly conditions: readonly Condition[]
  readonly failures?: BuildkitStatus['failures']
}

export function statusOf({ names = NAMES, podSince = HOUR, serving, pods = names, ...rest }: Parts): BuildkitStatus {
  const { endpoint = serving[0], readyReplicas, conditions, failures } = rest
  const endpoints = serving.map((name) => ({ podName: name, ...placeOf(name), address: addressOf(name) }))
  return {
    observedGeneration: GENERATION,
    conditions: [...conditions],
    ...(endpoint !== undefined && { endpoint: addressOf(endpoint), endpoints }),
    readyReplicas,
    resourceRefs: [...pods].sort().map((name) => ({ group: '', version: 'v1', kind: 'Pod', name, namespace: 'ci' })),
    podName: names[0] as string,
    ...(names.length > 1 && { podNames: [...names] }),
    podSince: stamp(podSince),
    ...(failures && { failures }),
  }
}

/** All that Git names are ready. */
export function allReady(parts: Partial<Parts> = {}, since = HOUR): BuildkitStatus {
  const { names = NAMES } = parts
  const { length } = names
  const conditions = [
    isTrue('Ready', { reason: 'PodReady', message: `${length} of ${length} Pods are ready` }, since),
    served(length, length),
  ]
  return statusOf({ serving: names, readyReplicas: length, conditions, ...parts })
}

export function served(count: number, of: number): Condition {
  return isTrue('Deployed', { reason: 'Available', message: `${count} of ${of} Pods serve` }, HOUR)
}

/** Some are not ready, for this reason. */
export function someReady(
  trouble: Trouble,
  { names = NAMES, serving, readyReplicas, ...rest }: Omit<Parts, 'conditions'>,
) {
  const message = `${readyReplicas} of ${names.length} Pods are ready; ${trouble.message}`
  const isDeployed = serving.length > 0
  const conditions = [
    isFalse('Ready', { ...trouble, message }, 0),
    isDeployed ? served(serving.length, names.length) : isFalse('Deployed', { ...trouble, message }, 0),
    isTrue('Reconciling', { ...trouble, message }, 0),
  ]
  return statusOf({ names, serving, readyReplicas, conditions, ...rest })
}

/** A trouble of the first of several Pods that are not ready. */
export function andMore({ reason, message }: Trouble, count: number): Trouble {
  return { reason, message: `${message}; ${count} more ${count === 1 ? 'is' : 'are'} not ready` }
}
