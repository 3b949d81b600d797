import type { TomlValue } from '../../toml/values-at.ts'
import { amountOf } from './amount.ts'
import type { Amounts, GcConfig } from './gc-config.ts'
import { isUnconditional } from './policy.ts'

/** The percentages of the node's disk among the amounts that decide how large the cache gets. */
export function sharesOfDisk({ listed, worker }: GcConfig): readonly TomlValue[] {
  const scopes = listed?.filter(isUnconditional).map(({ amounts }) => amounts) ?? [worker]
  return scopes.flatMap(({ maxUsedSpace, reservedSpace }: Amounts) => {
    return [maxUsedSpace, reservedSpace].flatMap((value) => {
      return value && amountOf(value.value)?.percentage !== undefined ? [value] : []
    })
  })
}
