import type { Buildkit as BuildkitObject } from '../crds/buildkit.ts'
import type { Pod } from './pod.ts'
import { DELETION_REFUSED, DEPLOYED, PODS_IGNORED, READY, RECONCILING, STALLED, SUSPENDED } from './reasons.ts'

export type BuildkitStatus = NonNullable<BuildkitObject['status']>
export type Condition = NonNullable<BuildkitStatus['conditions']>[number]

/**
 * What the controller needs of a Buildkit. Times are milliseconds since 1970: by the API server's clock if they were written, and
 * by the steady clock of this process (now.ts) if it has seen the change.
 */
export interface Buildkit {
  readonly namespace: string
  readonly name: string
  readonly uid: string
  readonly resourceVersion: string
  readonly generation: number
  /** The names of the current Pods, one for each replica, in their order; empty if the Buildkit was never rendered. */
  readonly podNames: readonly string[]
  /** When they got their present value, as it was written (`metadata.managedFields`). */
  readonly podNamesWritten?: number
  /** Since when this process has known them. */
  readonly podNamesSeen?: number
  /** Since when it has known that the status lists a current Pod among the endpoints, by the Pod's name. */
  readonly publishedSeen?: Readonly<Record<string, number>>
  /** Names that it has given up, as far as this process has seen or found in the status at its first look; the latest first. */
  readonly formerPodNames?: readonly string[]
  /** The value of its label `buildkit.seatgeek.io/suspend`. */
  readonly suspend?: string
  /** The part of its status that the controller can use. */
  readonly status: BuildkitStatus
  /** Whether its status has something that this controller does not write. */
  readonly isStatusForeign?: boolean
}

/** That no Buildkit has a Pod's label. */
export interface Absence {
  /** `deleted`: the API server reported the deletion; `never seen`: no list of the present history has the Buildkit. */
  readonly how: 'deleted' | 'never seen'
  /** Since when this process knows, by its steady clock. */
  readonly since: number
  /** When a live request first confirmed it, by the same clock. */
  readonly confirmed?: number
  /** Of the Buildkit that was there. */
  readonly uid?: string
}

/** A deletion that admission refused. */
export interface Refusal {
  readonly message: string
  /** By the steady clock. */
  readonly time: number
}

/** How long the controller is patient, in milliseconds. */
export interface Graces {
  /** From the endpoint's move to the deletion of the Pods that it left. */
  readonly handoverMilliseconds: number
  /** From the deletion of a known Buildkit to the first check that it is gone. */
  readonly quarantineMilliseconds: number
  /** The same for a Buildkit that was never seen. */
  readonly orphanMilliseconds: number
}

/** Everything that is known about one builder, and the whole input of `decide`. */
export interface Observation {
  readonly buildkit?: Buildkit
  /** Only without a Buildkit. */
  readonly absence?: Absence
  /** The Pods with its label, in any order. */
  readonly pods: readonly Pod[]
  /** The Pods that it names and that have the label of another Buildkit. */
  readonly foreignPods?: readonly Pod[]
  /** The names of other Buildkits that name one of its Pods. */
  readonly rivals?: readonly string[]
  /** The names of other Buildkits whose Pods have the same label, because both names are shortened to it. */
  readonly namesakes?: readonly string[]
  /** Since when the written status is out of date, by the steady clock; absent if it is up to date. */
  readonly heldSince?: number
  /** When this process last wrote the status, by the same. */
  readonly lastWritten?: number
  /** By the Pod's uid. */
  readonly refusals: ReadonlyMap<string, Refusal>
  readonly graces: Graces
}

export type Endpoint = NonNullable<BuildkitStatus['endpoints']>[number]
export type Failures = NonNullable<BuildkitStatus['failures']>[number]

/** Whether clients connect to the same address and verify the same name there. */
export function isSameEndpoint(one: BuildkitStatus, other: BuildkitStatus): boolean {
  return one.endpoint === other.endpoint && one.tlsServerName === other.tlsServerName
}

/** The types of the conditions that this controller sets. */
export const OUR_CONDITIONS = [READY, DEPLOYED, RECONCILING, STALLED, DELETION_REFUSED, PODS_IGNORED, SUSPENDED]

/** The condition of a type in a status. */
export function conditionIn({ conditions }: BuildkitStatus, type: string): Condition | undefined {
  return conditions?.find((condition) => condition.type === type)
}
