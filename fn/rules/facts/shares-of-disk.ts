import type { TomlValue } from '../../toml/values-at.ts'
import { amountOf } from '../../upstream/buildkit/amount.ts'
import type { GcConfig } from '../../upstream/buildkit/gc-config.ts'
import { isUnconditional } from '../../upstream/buildkit/policy.ts'

/** The percentages of the node's disk among the amounts that decide how large the cache gets. */
export function sharesOfDisk({ scopes }: GcConfig): readonly TomlValue[] {
  const bounding = scopes.filter(({ policy }) => isUnconditional(policy))
  return bounding.flatMap(({ amounts: { maxUsedSpace, reservedSpace } }) => {
    return [maxUsedSpace, reservedSpace].flatMap((value) => {
      return value && amountOf(value.value)?.percentage !== undefined ? [value] : []
    })
  })
}
