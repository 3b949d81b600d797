import type { GcMode } from './act/gate.ts'
import type { LeaseTimings } from './kube/lease/elector.ts'
import type { Graces } from './observation.ts'

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const
export const GC_MODES = ['enabled', 'dry-run', 'disabled'] as const satisfies readonly GcMode[]

/** What the command line asks of the controller. */
export interface Settings {
  /** None for all. */
  readonly namespaces: readonly string[]
  readonly gc: GcMode
  readonly graces: Graces
  readonly concurrency: number
  readonly leaderElect: boolean
  readonly leaseName: string
  /** The namespace that we run in, where it is not given. */
  readonly leaseNamespace: string | undefined
  readonly lease: LeaseTimings
  /** Undefined where nothing listens. */
  readonly healthAddress: Address | undefined
  readonly metricsAddress: Address | undefined
  readonly logLevel: (typeof LOG_LEVELS)[number]
  readonly kubeconfig: string | undefined
  readonly context: string | undefined
}

/** Where a server listens; without a host on every address. */
export interface Address {
  readonly host: string | undefined
  readonly port: number
}
