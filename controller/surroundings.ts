import type { Access } from './kube/api/access.ts'
import type { Log } from './log.ts'
import type { Settings } from './settings.ts'

/** What the controller runs with. */
export interface Surroundings {
  readonly settings: Settings
  readonly access: Access
  readonly log: Log
  /** Another one for each process. */
  readonly identity: string
  readonly version: string
}
