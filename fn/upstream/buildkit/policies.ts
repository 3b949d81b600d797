import { type Amount, boundsOf } from './amount.ts'

/** One of the policies that BuildKit's garbage collection goes through, in order; what is left out has its default. */
export interface Policy {
  /** Takes away only records that match one of these; all of them if empty. */
  readonly filters: readonly string[]
  /** Takes away what images and frontends still refer to, too. */
  readonly all: boolean
  /** Leaves what was used within so many seconds alone; 0 for none. */
  readonly keepDuration: number
  readonly reservedSpace?: Amount
  readonly maxUsedSpace?: Amount
  readonly minFreeSpace?: Amount
}

/** Whether a policy may take away any record that no build uses just now. */
export function isUnconditional({ filters, keepDuration }: Policy): boolean {
  return filters.length === 0 && keepDuration === 0
}

/** Whether a policy has an amount down to which it takes records away; without one it takes away all that it may. */
export function hasAmount({ reservedSpace, maxUsedSpace, minFreeSpace }: Policy): boolean {
  return Boolean(reservedSpace || maxUsedSpace || minFreeSpace)
}

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

/** What holds on a very small and on a very large disk holds on every other, since amounts grow evenly with it. */
const DISKS = [1e6, 1e18]

/** Whether nothing is left for `later` once `earlier` has run, on a disk of any size. */
export function covers(earlier: Policy, later: Policy): boolean {
  if (!(isUnconditional(earlier) && (earlier.all || !later.all))) return false
  if (!hasAmount(earlier)) return true
  return hasAmount(later) && DISKS.every((disk) => keepsAsMuch(later, earlier, disk))
}

/** Whether `a` never begins before the cache is larger than `b` has left it (calculateKeepBytes in cache/manager.go). */
function keepsAsMuch(a: Policy, b: Policy, disk: number): boolean {
  const [one, other] = [a, b].map((policy) => sizesOf(policy, disk)) as [Sizes, Sizes]
  if (one.most < other.most) return false
  return one.free === 0 || (one.free <= other.free && one.least >= other.least)
}

type Sizes = ReturnType<typeof sizesOf>

function sizesOf({ reservedSpace, maxUsedSpace, minFreeSpace }: Policy, disk: number) {
  const size = (amount: Amount | undefined) => (amount ? boundsOf(amount, disk).most : 0)
  const least = size(reservedSpace)
  const withoutMost = minFreeSpace ? Number.POSITIVE_INFINITY : least
  return { least, free: size(minFreeSpace), most: maxUsedSpace ? Math.max(size(maxUsedSpace), least) : withoutMost }
}
