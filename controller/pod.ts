import type { V1ContainerStatus, V1PodStatus } from '@kubernetes/client-node'

/**
 * What the controller needs of a Pod with our label. Times are milliseconds since 1970, as they were written; witness.ts adds those of
 * this process, by its steady clock (now.ts).
 */
export interface Pod {
  readonly namespace: string
  readonly name: string
  readonly uid: string
  readonly resourceVersion: string
  /** The value of its label `buildkit.seatgeek.io/buildkit`. */
  readonly buildkit: string
  /** The owner that manages it (`controller: true`); rendered Pods have none, those of seatgeek/buildkit-operator their Buildkit. */
  readonly controller?: Owner
  /** The uid of the Buildkit that owns it and has that label: seatgeek/buildkit-operator made the Pod, and a person has labelled it. */
  readonly adoptedBy?: string
  /** Whether the GitOps engine removes it once it is superseded. */
  readonly isRetiredByEngine: boolean
  readonly created: number
  /** When this process first saw it. */
  readonly seen?: number
  /** When its grace period ends; only while it is being deleted. */
  readonly deletionDeadline?: number
  readonly phase: string
  /** Where clients reach it, as "tcp://address:port"; missing while it has no address or no container port `tcp`. */
  readonly address?: string
  /** Running, the condition Ready true, and every container ready. */
  readonly isReady: boolean
  /** How often a container of it has ended and was started again, where it had not run for long before. */
  readonly crashes?: number
  /** When it was started again last. */
  readonly restarted?: number
  /** The same as this process has witnessed it. */
  readonly restartSeen?: number
  /** Why it is not ready, as its scheduler or kubelet reports it; of a Pod that has crashed also while it is ready. */
  readonly trouble?: Trouble
  /** When it ended, by the clock of its node; only of a Pod that has failed or succeeded. */
  readonly finished?: number
  /** The same as this process has witnessed it. */
  readonly ended?: number
  /** Whether its end was nobody's fault: evicted, preempted, its node shut down, its deadline over. */
  readonly wasDisrupted: boolean
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

/** What a kubelet says of all containers of a Pod, in the order in which they start. */
export function containersOf(status: V1PodStatus): readonly V1ContainerStatus[] {
  return [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])]
}

/** A container that ran for as long was no crash loop: a kubelet forgets its back-off then, too (`pkg/kubelet`, MaxContainerBackOff). */
const STEADY_MILLISECONDS = 600_000

/**
 * How often a container of the Pod that runs now has ended and was started again, as its kubelet counts, and when that was last;
 * nothing where the run before was a long one, by the clock of the node alone.
 */
export function crashesOf(status: V1PodStatus): Pick<Pod, 'crashes' | 'restarted'> {
  const [worst] = containersOf(status)
    .filter(hasCrashed)
    .sort((a, b) => b.restartCount - a.restartCount)
  const restarted = Date.parse(String(worst?.state?.running?.startedAt))
  return worst && !Number.isNaN(restarted) ? { crashes: Math.max(worst.restartCount, 1), restarted } : {}
}

function hasCrashed({ state, lastState }: V1ContainerStatus): boolean {
  const { startedAt, finishedAt } = lastState?.terminated ?? {}
  const ran = Date.parse(String(finishedAt)) - Date.parse(String(startedAt))
  return state?.running !== undefined && lastState?.terminated !== undefined && !(ran >= STEADY_MILLISECONDS)
}
