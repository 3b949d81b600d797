import { type Amount, boundsOf } from './amount.ts'
import { hasAmount, isUnconditional, type Policy } from './policy.ts'

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
