import type { Buildkit as BuildkitObject } from '../crds/buildkit.ts'
import type { Pod } from './pod.ts'
import { DELETION_REFUSED, DEPLOYED, PODS_IGNORED, READY, RECONCILING, STALLED } from './reasons.ts'

export type BuildkitStatus = NonNullable<BuildkitObject['status']>
export type Condition = NonNullable<BuildkitStatus['conditions']>[number]

/**
 * What the controller needs of a Buildkit. Times are milliseconds since 1970: by the API server's clock where they were written, and
 * by the steady clock of this process (now.ts) where it has seen what happened.
 */
export interface Buildkit {
  readonly namespace: string
  readonly name: string
  readonly uid: string
  readonly resourceVersion: string
  readonly generation: number
  /** `spec.podName`: the Pod that Git wants; missing where the Buildkit was never rendered. */
  readonly podName?: string
  /** When `spec.podName` got its present value, as it was written (`metadata.managedFields`). */
  readonly podNameWritten?: number
  /** Since when this process has known the present `spec.podName`. */
  readonly podNameSeen?: number
  /** Since when it has known that the status has the present `spec.podName` ready, where it has. */
  readonly publishedSeen?: number
  /** What `spec.podName` was before, as this process has seen it, or found it in the status at its first look; the latest one first. */
  readonly formerPodNames?: readonly string[]
  /** What of its status the controller can use. */
  readonly status: BuildkitStatus
  /** Whether its status has something that this controller does not write. */
  readonly isStatusForeign?: boolean
}

/** That no Buildkit has a Pod's label. */
export interface Absence {
  /** `deleted`: the API server reported it; `never seen`: no list has it, or none that is of the present history. */
  readonly how: 'deleted' | 'never seen'
  /** Since when this process knows, by its steady clock. */
  readonly since: number
  /** When a live request last confirmed it for the first time, by the same. */
  readonly confirmed?: number
  /** Of the Buildkit that was there. */
  readonly uid?: string
}

/** A deletion that the API server's admission did not allow. */
export interface Refusal {
  readonly message: string
  /** By the steady clock. */
  readonly time: number
}

/** How long the controller is patient, in milliseconds. */
export interface Graces {
  /** From the endpoint's move to the deletion of the Pods that it left. */
  readonly handoverMilliseconds: number
  /** From the end of a Buildkit that was seen to the first look whether it is really gone. */
  readonly quarantineMilliseconds: number
  /** The same for a Buildkit that was never seen. */
  readonly orphanMilliseconds: number
}

/** Everything that is known about one builder; all that `decide` judges by. */
export interface Observation {
  readonly buildkit?: Buildkit
  /** Only without a Buildkit. */
  readonly absence?: Absence
  /** The Pods with its label, in any order. */
  readonly pods: readonly Pod[]
  /** The Pod that `spec.podName` names, where it has the label of another Buildkit. */
  readonly foreignPod?: Pod
  /** The names of other Buildkits with the same `spec.podName`. */
  readonly rivals?: readonly string[]
  /** The names of other Buildkits whose Pods have the same label, since both names are cut to it. */
  readonly namesakes?: readonly string[]
  /** Since when the written status is out of date, by the steady clock; missing where it is not. */
  readonly heldSince?: number
  /** When this process last wrote the status, by the same. */
  readonly lastWritten?: number
  /** By the Pod's uid. */
  readonly refusals: ReadonlyMap<string, Refusal>
  readonly graces: Graces
}

/** The types of the conditions that this controller sets. */
export const OUR_CONDITIONS = [READY, DEPLOYED, RECONCILING, STALLED, DELETION_REFUSED, PODS_IGNORED]

/** The condition of a type in a status. */
export function conditionIn({ conditions }: BuildkitStatus, type: string): Condition | undefined {
  return conditions?.find((condition) => condition.type === type)
}
