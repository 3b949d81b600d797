export type List = readonly unknown[]

/** What decides where the items of a list come that has been merged. */
interface Order {
  /** The order of those that are in it. */
  readonly order: List
  /** The order of the others, and between both. */
  readonly before: List
  /** The field that tells items apart; undefined for scalars. */
  readonly key: string | undefined
}

/**
 * The items in the order that a strategic merge gives them: those of `order` as there, each other one in front of the first of them
 * that comes after it in `before`.
 */
export function inOrder(items: List, { order, before, key }: Order): List {
  const isOrdered = (item: unknown) => placeIn(order, item, key) >= 0
  const first = sorted(items.filter(isOrdered), order, key)
  const others = sorted(
    items.filter((item) => !isOrdered(item)),
    before,
    key,
  )
  const result: unknown[] = []
  for (const item of first) {
    while (others.length > 0 && comesBefore(others[0], item)) result.push(others.shift())
    result.push(item)
  }
  return [...result, ...others]

  function comesBefore(a: unknown, b: unknown): boolean {
    const place = placeIn(before, a, key)
    return place >= 0 && place < placeIn(before, b, key)
  }
}

/** Where in a list the item is that `item` is merged with, or -1. */
export function placeIn(list: List, item: unknown, key: string | undefined): number {
  if (key === undefined) return list.indexOf(item)
  const value = (item as Readonly<Record<string, unknown>>)[key]
  return list.findIndex((one) => (one as Readonly<Record<string, unknown>>)[key] === value)
}

function sorted(items: List, order: List, key: string | undefined): unknown[] {
  return [...items].sort((a, b) => placeIn(order, a, key) - placeIn(order, b, key))
}
