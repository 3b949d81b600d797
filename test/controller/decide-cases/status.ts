import type { BuildkitStatus, Condition } from '../../../controller/observation.ts'
import type { Trouble } from '../../../controller/pod.ts'
import { addressOf, GENERATION, HOUR, stamp } from './builder.ts'

/** A condition that is true since so many seconds before the decision. */
export function isTrue(type: string, { reason, message }: Trouble, since: number): Condition {
  return {
    type,
    status: 'True',
    reason,
    message,
    lastTransitionTime: stamp(since),
    observedGeneration: GENERATION,
  }
}

/** A condition that is false since then. */
export function isFalse(type: string, trouble: Trouble, since: number): Condition {
  return { ...isTrue(type, trouble, since), status: 'False' }
}

/** Ready, because a Pod is; `since` in seconds before the decision. */
export function ready(name: string, since: number): Condition {
  return isTrue('Ready', { reason: 'PodReady', message: `Pod "${name}" is ready` }, since)
}

/** Deployed, because a Pod serves. */
export function serves(name: string, since: number): Condition {
  return isTrue('Deployed', { reason: 'Available', message: `Pod "${name}" serves` }, since)
}

export interface Parts {
  /** None where it was never rendered. */
  readonly podName?: string
  /** In seconds before the decision. */
  readonly podSince: number
  /** The Pod behind the endpoint. */
  readonly endpoint?: string
  /** The names of the Pods that exist. */
  readonly pods: readonly string[]
  readonly conditions: readonly Condition[]
  readonly failures?: { readonly podName: string; readonly count: number; readonly lastTime: string }
}

export function statusWith({ podName, podSince, endpoint, pods, conditions, failures }: Parts): BuildkitStatus {
  return {
    observedGeneration: GENERATION,
    conditions: [...conditions],
    ...(endpoint !== undefined && {
      endpoint: addressOf(endpoint),
      endpoints: [{ podName: endpoint, address: addressOf(endpoint) }],
    }),
    readyReplicas: conditions.filter(({ type, status }) => type === 'Ready' && status === 'True').length,
    resourceRefs: pods.map((name) => ({ group: '', version: 'v1', kind: 'Pod', name, namespace: 'ci' })),
    ...(podName !== undefined && { podName, podSince: stamp(podSince) }),
    ...(failures && { failures: [failures] }),
  }
}

/** A status whose endpoint is at this address. */
export function withAddress(status: BuildkitStatus, address: string): BuildkitStatus {
  return {
    ...status,
    endpoint: address,
    endpoints: status.endpoints?.map((endpoint) => ({ ...endpoint, address })) ?? [],
  }
}

/** A status whose endpoint has a certificate for this name. */
export function withServerName(status: BuildkitStatus, tlsServerName: string): BuildkitStatus {
  const endpoints = status.endpoints?.map((endpoint) => ({ ...endpoint, tlsServerName })) ?? []
  return { ...status, tlsServerName, endpoints }
}

/** The status of a Buildkit whose Pod has been ready for an hour, unless it says otherwise. */
export function readyStatus(podName: string, rest: Partial<Parts> & { readonly since?: number } = {}): BuildkitStatus {
  const { since = HOUR } = rest
  const conditions = [ready(podName, since), serves(podName, since)]
  return statusWith({ podName, podSince: since, endpoint: podName, pods: [podName], conditions, ...rest })
}

interface Waiting extends Partial<Omit<Parts, 'conditions'>> {
  /** In seconds before the decision. */
  readonly since: number
  /** Why nothing will change by itself, and since when where not from the beginning. */
  readonly stalled?: Trouble
  readonly stalledSince?: number
  /** Further conditions. */
  readonly more?: readonly Condition[]
}

/** The status of a Buildkit whose Pod is not ready, for the reason in `trouble`, since a moment; `endpoint` may be another Pod. */
export function waitingStatus(
  trouble: Trouble,
  { since, stalled, stalledSince = since, more = [], ...rest }: Waiting,
): BuildkitStatus {
  const { endpoint } = rest
  const deployed = endpoint === undefined ? isFalse('Deployed', trouble, since) : serves(endpoint, HOUR)
  const progress = stalled ? isTrue('Stalled', stalled, stalledSince) : isTrue('Reconciling', trouble, since)
  const conditions = [isFalse('Ready', trouble, since), deployed, progress, ...more]
  return statusWith({ podSince: since, pods: rest.podName === undefined ? [] : [rest.podName], ...rest, conditions })
}
