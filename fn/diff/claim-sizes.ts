import { grouped } from '../common/collections.ts'
import type { Wanted } from '../render/plan.ts'
import { parseQuantity } from '../upstream/kubernetes/quantity.ts'
import type { Pair } from './at-once.ts'
import { cacheOf } from './cache-of.ts'

/** Builders whose claims get another size. */
export interface ClaimResize {
  readonly before: string
  readonly after: string
  /** An API server refuses that. */
  readonly isShrink: boolean
  readonly builders: readonly string[]
}

/** The claims that stay and get another size, those with the same sizes together. */
export function claimResizes(pairs: readonly (Pair & { readonly name: string })[]): readonly ClaimResize[] {
  const resized = pairs.flatMap(({ name, before, after }) => {
    const [old, young] = [before, after].map((wanted) => wanted && sizeOf(wanted))
    if (!before || !after || old === undefined || young === undefined || amountOf(old) === amountOf(young)) return []
    return cacheOf(before).place === cacheOf(after).place ? [{ name, old, young }] : []
  })
  return [...grouped(resized, ({ old, young }) => `${old} ${young}`).values()].flatMap((group) =>
    group.slice(0, 1).map(({ old, young }) => ({
      before: old,
      after: young,
      isShrink: amountOf(young) < amountOf(old),
      builders: group.map(({ name }) => name),
    })),
  )
}

function sizeOf({ builder }: Wanted): string | undefined {
  const size = builder.template.value.spec.cache?.claim?.size
  return size === undefined ? undefined : String(size)
}

function amountOf(size: string): bigint {
  return parseQuantity(size)?.amount ?? 0n
}
