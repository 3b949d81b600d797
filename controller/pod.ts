import type { V1ContainerStateTerminated, V1ContainerStatus, V1PodStatus } from '@kubernetes/client-node'

/**
 * What the controller needs of a Pod with our label. Times are milliseconds since 1970, as written; witness.ts adds the times at which
 * this process saw them, by its steady clock (now.ts).
 */
export interface Pod {
  readonly namespace: string
  readonly name: string
  readonly uid: string
  readonly resourceVersion: string
  /** The value of its label `buildkit.seatgeek.io/buildkit`. */
  readonly buildkit: string
  /** The value of its label `buildkit.seatgeek.io/replica`; absent for 0. */
  readonly replica?: number
  /** The owner that manages it (`controller: true`); rendered Pods have none, Pods of seatgeek/buildkit-operator their Buildkit. */
  readonly controller?: Owner
  /** The uid of the Buildkit that owns it and has that label: seatgeek/buildkit-operator made the Pod, and a person has labelled it. */
  readonly adoptedBy?: string
  /** Whether the GitOps engine removes it once it is superseded. */
  readonly isRetiredByEngine: boolean
  /** Whether superseded Pods must end before it can serve. */
  readonly mustFollow?: boolean
  readonly created: number
  /** When this process first saw it. */
  readonly seen?: number
  /** When its grace period ends; only while it is being deleted. */
  readonly deletionDeadline?: number
  /** The length of that period. */
  readonly graceMilliseconds?: number
  /** When it ends, from when this process saw its start. */
  readonly graceEnds?: number
  readonly phase: string
  readonly nodeName?: string
  /** Where clients reach it, as "tcp://address:port"; absent while it has no address or no container port `tcp`. */
  readonly address?: string
  /** The name by which they verify its certificate; absent if it serves plain TCP. */
  readonly tlsServerName?: string
  /** Running, the condition Ready true, and every container ready. */
  readonly isReady: boolean
  /** How often one of its containers has restarted after a short run. */
  readonly crashes?: number
  /** When it last restarted. */
  readonly restarted?: number
  /** The same, as this process has seen it. */
  readonly restartSeen?: number
  /** Why it is not ready, as its scheduler or kubelet reports it; also of a ready Pod that has crashed before. */
  readonly trouble?: Trouble
  /** What it needs before its node can create its containers; only of a Pod that is scheduled and waits for its node. */
  readonly mounting?: Mounting
  /** Since when this process has seen it wait. */
  readonly mountingSeen?: number
  /** When it ended, by the clock of its node; only of a Pod that has failed or succeeded. */
  readonly finished?: number
  /** The same, as this process has seen it. */
  readonly ended?: number
  /** Whether it ended without failing: evicted, preempted, by a node shutdown or its deadline. */
  readonly wasDisrupted: boolean
}

interface Mounting {
  /** The Secrets, ConfigMaps and PersistentVolumeClaims that must exist, in words. */
  readonly needs: string
  /** When it was scheduled, as it was written. */
  readonly since: number
}

/** As in `metadata.ownerReferences`. */
export interface Owner {
  readonly kind: string
  readonly name: string
  readonly uid: string
}

/** A reason from `reasons.ts`, and a sentence. */
export interface Trouble {
  readonly reason: string
  readonly message: string
}

/** The statuses of all containers of a Pod, in the order in which they start. */
export function containersOf(status: V1PodStatus): readonly V1ContainerStatus[] {
  return [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])]
}

/** After a run of this length a restart is not a crash loop: the kubelet resets its backoff, too (`pkg/kubelet`, MaxContainerBackOff). */
const STEADY_MILLISECONDS = 600_000

/**
 * How often a running container of the Pod has restarted, by the count of its kubelet, and when it last did; empty if the run before
 * was a long one, by the clock of the node alone.
 */
export function crashesOf(status: V1PodStatus): Pick<Pod, 'crashes' | 'restarted'> {
  const [worst] = containersOf(status)
    .filter(hasCrashed)
    .sort((a, b) => b.restartCount - a.restartCount)
  const restarted = Date.parse(String(worst?.state?.running?.startedAt))
  return worst && !Number.isNaN(restarted) ? { crashes: Math.max(worst.restartCount, 1), restarted } : {}
}

function hasCrashed({ state, lastState }: V1ContainerStatus): boolean {
  const { terminated } = lastState ?? {}
  return state?.running !== undefined && terminated !== undefined && !wasSteady(terminated)
}

/** Whether a container that has ended ran for long, by the clock of its node alone. */
export function wasSteady({ startedAt, finishedAt }: V1ContainerStateTerminated): boolean {
  return Date.parse(String(finishedAt)) - Date.parse(String(startedAt)) >= STEADY_MILLISECONDS
}
