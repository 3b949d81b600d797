import type { Failures } from '../observation.ts'
import type { JudgedBuildkit } from './judged.ts'

/** One replica of a builder: the Pod that Git names for it, and the Pods that this one supersedes. */
export interface Slot extends JudgedBuildkit {
  /** The name of its current Pod; absent if the Buildkit was never rendered. */
  readonly podName?: string
  /** Its index among the replicas, from 0. */
  readonly replica: number
  /** Whether superseded Pods that clients know may end for a current one that can only follow. */
  readonly isItsTurn: boolean
}

/** A replica, with what has been counted of its current Pod. */
export interface CountedSlot extends Slot {
  readonly failures: Failures | undefined
}
