import type { TomlValue } from '../../toml/values-at.ts'
import { amountOf } from './amount.ts'
import type { GcConfig } from './gc-config.ts'
import { isUnconditional } from './policy.ts'

/** The percentages of the node's disk among the amounts that decide how large the cache gets. */
export function sharesOfDisk({ scopes }: GcConfig): readonly TomlValue[] {
  const bounding = scopes.filter(({ policy }) => isUnconditional(policy))
  return bounding.flatMap(({ amounts: { maxUsedSpace, reservedSpace } }) => {
    return [maxUsedSpace, reservedSpace].flatMap((value) => {
      return value && amountOf(value.value)?.percentage !== undefined ? [value] : []
    })
  })
}
