import type { V1ContainerState, V1ContainerStatus, V1PodCondition, V1PodStatus } from '@kubernetes/client-node'

/** The same type as it comes over the wire, where times are texts. */
export type Wire<T> = T extends Date ? string : { readonly [Key in keyof T]: Wire<T[Key]> }

type Metadata = Readonly<Record<string, unknown>>

/** A Pod of Buildkit "b" as the API server sends it. */
export function podObject(status: Wire<V1PodStatus>, metadata: Metadata = {}, spec: Metadata = {}): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'b-bcdfghjklm',
      namespace: 'ci',
      uid: '5f0c',
      resourceVersion: '42',
      creationTimestamp: '2026-11-24T11:00:00Z',
      labels: { 'buildkit.seatgeek.io/buildkit': 'b' },
      ...metadata,
    },
    spec: {
      restartPolicy: 'Always',
      containers: [{ name: 'buildkit', ports: [{ name: 'tcp', containerPort: 1234, protocol: 'TCP' }] }],
      ...spec,
    },
    status,
  }
}

/** What a kubelet says of a Pod whose containers run; the condition Ready is as ready as its containers are. */
export function runningStatus(
  containerStatuses: readonly Wire<V1ContainerStatus>[],
  rest: Wire<V1PodStatus> = {},
): Wire<V1PodStatus> {
  const isReady = containerStatuses.every(({ ready }) => ready)
  return {
    phase: 'Running',
    podIP: '10.0.0.1',
    podIPs: [{ ip: '10.0.0.1' }],
    conditions: [
      condition('PodScheduled', 'True', '2026-11-24T11:00:00Z'),
      isReady ? condition('Ready', 'True', '2026-11-24T11:00:09Z') : notReady('2026-11-24T11:00:01Z'),
    ],
    containerStatuses,
    ...rest,
  }
}

export function condition(type: string, status: string, lastTransitionTime: string): Wire<V1PodCondition> {
  return { type, status, lastTransitionTime }
}

/** Ready, as a kubelet takes it back. */
export function notReady(lastTransitionTime: string): Wire<V1PodCondition> {
  const message = 'containers with unready status: [buildkit]'
  return { ...condition('Ready', 'False', lastTransitionTime), reason: 'ContainersNotReady', message }
}

/** A container that is not ready, in a state, after another one. */
export function container(
  state: Wire<V1ContainerState>,
  lastState: Wire<V1ContainerState> = {},
  name = 'buildkit',
): Wire<V1ContainerStatus> {
  return { name, image: 'moby/buildkit:v0.34.2', imageID: '', ready: false, restartCount: 0, state, lastState }
}

/** A container that runs and is ready. */
export function readyContainer(name = 'buildkit'): Wire<V1ContainerStatus> {
  return { ...container({ running: { startedAt: '2026-11-24T11:00:03Z' } }, {}, name), ready: true }
}

export function waiting(reason: string, message?: string): Wire<V1ContainerState> {
  return { waiting: { reason, ...(message !== undefined && { message }) } }
}

export function terminated(exitCode: number, reason = 'Error', message?: string): Wire<V1ContainerState> {
  const times = { startedAt: '2026-11-24T11:30:00Z', finishedAt: '2026-11-24T11:30:05Z' }
  return { terminated: { exitCode, reason, ...(message !== undefined && { message }), ...times } }
}
