import type { Amount } from './amount.ts'

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
