import type { Amount } from './amount.ts'
import type { Policy } from './policy.ts'

/** The amounts that a worker has for policies that it does not list. */
export type WorkerAmounts = Pick<Policy, 'reservedSpace' | 'maxUsedSpace' | 'minFreeSpace'>

const DAY = 24 * 3600
const REPRODUCIBLE = ['type==source.local', 'type==exec.cachemount', 'type==source.git.checkout']
/** On Linux (DetectDefaultGCCap and gcpolicy_unix.go in cmd/buildkitd/config). */
const AMOUNTS = {
  reservedSpace: { percentage: 10, bytes: 10e9 },
  minFreeSpace: { percentage: 20 },
  maxUsedSpace: { percentage: 80, bytes: 100e9 },
} satisfies Record<string, Amount>

/** The policies of a worker that lists none (DefaultGCPolicy in cmd/buildkitd/config/gcpolicy.go of BuildKit v0.34.2). */
export function defaultPolicies(worker: WorkerAmounts): readonly Policy[] {
  const amounts = Object.keys(worker).length === 0 ? AMOUNTS : worker
  return [
    { filters: REPRODUCIBLE, all: false, keepDuration: 2 * DAY, maxUsedSpace: { bytes: 512e6 } },
    { filters: [], all: false, keepDuration: 60 * DAY, ...amounts },
    { filters: [], all: false, keepDuration: 0, ...amounts },
    { filters: [], all: true, keepDuration: 0, ...amounts },
  ]
}
