import type { Item } from '../item.ts'
import { lineFinder } from '../positions/line-finder.ts'
import { type Located, locator } from '../positions/locator.ts'
import { offsetOf } from '../positions/offset-of.ts'
import type { LineAndColumn } from '../positions/text-offset.ts'
import { RANK, type Result } from '../results.ts'

/** A result with its place in what was read. */
export interface Placed {
  readonly result: Result
  /** Missing for what stands nowhere in the input. */
  readonly position?: LineAndColumn
}

/** Results with their places among the items that they are about: errors first, each severity in the order of files and lines. */
export function placed(results: readonly Result[], items: readonly Item[]): readonly Placed[] {
  if (results.length === 0) return []
  const locate = locator(items)
  const find = lineFinder()
  const found = results.map((result) => {
    const located = locate(result)
    if (!located)
      return { placed: { result }, order: [RANK[result.severity], result.resourceRef ? -1 : Infinity, 0] as const }
    const offset = offsetOf(located, result)
    const position = find(located.place.source, offset)
    const order = [RANK[result.severity], located.at, offset] as const
    return { placed: { result: withoutPlace(result, located), position }, order }
  })
  return found.sort((a, b) => inOrder(a.order, b.order)).map((one) => one.placed)
}

type Order = readonly [severity: number, item: number, offset: number]

function inOrder(a: Order, b: Order): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2]
}

/** The reader of YAML counts lines from where the document begins, we from where the file does. */
function withoutPlace(result: Result, { item }: Located): Result {
  if (item.error !== result.message) return result
  return { ...result, message: result.message.replace(/ at line \d+, column \d+$/, '') }
}
