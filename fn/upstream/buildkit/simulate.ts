import { type Bounds, boundsOf } from './amount.ts'
import { hasAmount, isUnconditional, type Policy } from './policies.ts'

export interface Simulated {
  readonly policies: readonly Policy[]
  /** The bytes of the disk that the cache is on, which GitOps rarely knows. */
  readonly disk?: number
  /** The bytes of disk at which the kubelet evicts the Pod, with its cache. */
  readonly limit?: number
  /** Whether nothing but the cache is on the disk. */
  readonly isAlone?: boolean
}

/** How much of the cache outlives garbage collection, in bytes. */
export interface Extent {
  /** No collection leaves less of what has lately been used. */
  readonly floor: number
  /** Every collection leaves at most this; infinite where nothing but a full disk ends its growth. */
  readonly ceiling: number
}

/**
 * What garbage collection leaves (prune and calculateKeepBytes in cache/manager.go of BuildKit v0.34.2). Policies that leave some
 * records alone, by type or by age, bound nothing.
 */
export function simulate({ policies, disk, limit = Number.POSITIVE_INFINITY, isAlone = false }: Simulated): Extent {
  const extents = policies.filter(isUnconditional).map((policy) => {
    const extent = extentOf(policy, disk)
    return isAlone && disk !== undefined ? onDiskOfItsOwn(extent, policy, disk) : extent
  })
  const floor = Math.min(...extents.map(({ least }) => least))
  const ceiling = Math.min(...extents.map(({ most }) => most))
  return ceiling > limit ? { floor: 0, ceiling: limit } : { floor, ceiling }
}

/** What must stay free is then what the cache must not take. */
function onDiskOfItsOwn({ least, most }: Bounds, { minFreeSpace, reservedSpace }: Policy, disk: number): Bounds {
  if (!minFreeSpace) return { least, most }
  const reserved = reservedSpace ? boundsOf(reservedSpace, disk).most : 0
  return { least, most: Math.min(most, Math.max(disk - boundsOf(minFreeSpace, disk).most, reserved)) }
}

/** `reservedSpace` wins over the other two, and alone it is both the least and the most. */
function extentOf(policy: Policy, disk: number | undefined): Bounds {
  if (!hasAmount(policy)) return { least: 0, most: 0 }
  const bounds = (amount: Policy['maxUsedSpace']) => (amount ? boundsOf(amount, disk) : undefined)
  const reserved = bounds(policy.reservedSpace) ?? { least: 0, most: 0 }
  const used = bounds(policy.maxUsedSpace)
  if (policy.minFreeSpace)
    return { least: reserved.least, most: used ? Math.max(used.most, reserved.most) : Number.POSITIVE_INFINITY }
  return { least: Math.max(used?.least ?? 0, reserved.least), most: Math.max(used?.most ?? 0, reserved.most) }
}
