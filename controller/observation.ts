import type { Buildkit as BuildkitObject } from '../crds/buildkit.ts'
import type { Pod } from './observe/pod.ts'

export type BuildkitStatus = NonNullable<BuildkitObject['status']>
export type Condition = NonNullable<BuildkitStatus['conditions']>[number]

/** What the controller needs of a Buildkit. Times are milliseconds since 1970. */
export interface Buildkit {
  readonly namespace: string
  readonly name: string
  readonly uid: string
  readonly resourceVersion: string
  readonly generation: number
  /** `spec.podName`: the Pod that Git wants; missing where the Buildkit was never rendered. */
  readonly podName?: string
  /** When `spec.podName` got its present value, by the API server's clock (`metadata.managedFields`). */
  readonly podNameWritten?: number
  /** Since when this process has known the present `spec.podName`, by its own clock. */
  readonly podNameSeen?: number
  /** Since when it has known that the status has the present `spec.podName` ready, where it has. */
  readonly publishedSeen?: number
  readonly status: BuildkitStatus
}

/** That no Buildkit has a Pod's label. */
export interface Absence {
  /** `deleted`: the API server reported it; `missing`: a later list lacked it; `never seen`: no list has ever had it. */
  readonly how: 'deleted' | 'missing' | 'never seen'
  /** Since when this process knows. */
  readonly since: number
  /** When a live request last confirmed it for the first time. */
  readonly confirmed?: number
}

/** A deletion that the API server's admission did not allow. */
export interface Refusal {
  readonly message: string
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
  /** By the Pod's uid. */
  readonly refusals: ReadonlyMap<string, Refusal>
  readonly graces: Graces
}
