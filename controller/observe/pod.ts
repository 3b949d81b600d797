/** What the controller needs of a Pod with our label. Times are milliseconds since 1970; witness.ts adds those of this process. */
export interface Pod {
  readonly namespace: string
  readonly name: string
  readonly uid: string
  readonly resourceVersion: string
  /** The value of its label `buildkit.seatgeek.io/buildkit`. */
  readonly buildkit: string
  /** Whether that Buildkit owns it: seatgeek/buildkit-operator has made it, under a name of its own, and a person has given it the label. */
  readonly isOwned: boolean
  /** Whether the GitOps engine removes it once it is superseded. */
  readonly isRetiredByEngine: boolean
  readonly created: number
  /** When this process first saw it, by its own clock. */
  readonly seen?: number
  /** When its grace period ends; only while it is being deleted. */
  readonly deletionDeadline?: number
  readonly phase: string
  /** Where clients reach it, as "tcp://address:port"; missing while it has no address or no container port `tcp`. */
  readonly address?: string
  /** Running, the condition Ready true, and every container ready. */
  readonly isReady: boolean
  /** Why it is not ready, as its scheduler or kubelet reports it. */
  readonly trouble?: Trouble
  /** When it ended, by the clock of its node; only of a Pod that has failed or succeeded. */
  readonly finished?: number
  /** The same by the clock of this process, which has witnessed it. */
  readonly ended?: number
  /** Whether its end was nobody's fault: evicted, preempted, its node shut down, its deadline over. */
  readonly wasDisrupted: boolean
}

/** A reason from `reasons.ts`, and a sentence. */
export interface Trouble {
  readonly reason: string
  readonly message: string
}
