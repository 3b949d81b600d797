import type { Item } from './item.ts'
import { itemNumbers } from './item-numbers.ts'
import { RANK, type Result } from './results.ts'

/** Errors first, each severity in the order of items and then in which it was found, the same message about the same field once. */
export function sorted(results: readonly Result[], items: readonly Item[]): readonly Result[] {
  if (results.length < 2) return results
  const unique = [...new Map(results.map((result) => [JSON.stringify(result), result])).values()]
  const numbersOf = itemNumbers(items)
  const placed = unique.map((result) => ({ result, at: numbersOf(result).at(-1) ?? -1 }))
  return placed
    .sort((a, b) => RANK[a.result.severity] - RANK[b.result.severity] || a.at - b.at)
    .map(({ result }) => result)
}
