import type { GcMode } from './act/gate.ts'
import type { LeaseTimings } from './kube/lease/elector.ts'
import type { Graces } from './observation.ts'

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const
export const GC_MODES = ['enabled', 'dry-run', 'disabled'] as const satisfies readonly GcMode[]

/** The settings of the controller, from the command line. */
export interface Settings {
  /** None for all. */
  readonly namespaces: readonly string[]
  readonly gc: GcMode
  readonly graces: Graces
  readonly concurrency: number
  readonly leaderElect: boolean
  readonly leaseName: string
  /** Undefined for the namespace that the controller runs in. */
  readonly leaseNamespace: string | undefined
  readonly lease: LeaseTimings
  /** Undefined to disable the server. */
  readonly healthAddress: Address | undefined
  readonly metricsAddress: Address | undefined
  readonly logLevel: (typeof LOG_LEVELS)[number]
  readonly kubeconfig: string | undefined
  readonly context: string | undefined
}

/** Where a server listens; on every address if there is no host. */
export interface Address {
  readonly host: string | undefined
  readonly port: number
}
