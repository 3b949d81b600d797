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

/** Where in a list the item is that an item is merged with, or -1. */
export type PlaceOf = (item: unknown) => number

/**
 * The items in the order that a strategic merge gives them: those of `order` as there, each other one in front of the first of them
 * that comes after it in `before`.
 */
export function inOrder(items: List, { order, before, key }: Order): List {
  const placeInOrder = placesIn(order, key)
  const placeBefore = placesIn(before, key)
  const isOrdered = (item: unknown) => placeInOrder(item) >= 0
  const first = sortedBy(placeInOrder, items.filter(isOrdered))
  const others = sortedBy(
    placeBefore,
    items.filter((item) => !isOrdered(item)),
  )
  const result: unknown[] = []
  let next = 0
  for (const item of first) {
    while (next < others.length && comesBefore(others[next], item)) result.push(others[next++])
    result.push(item)
  }
  return [...result, ...others.slice(next)]

  function comesBefore(a: unknown, b: unknown): boolean {
    const place = placeBefore(a)
    return place >= 0 && place < placeBefore(b)
  }
}

/** Finds places in a list without a search for each: a list may have thousands of items. */
export function placesIn(list: List, key: string | undefined): PlaceOf {
  const places = new Map<unknown, number>()
  for (const [place, item] of list.entries()) {
    const name = nameOf(item, key)
    if (!places.has(name)) places.set(name, place)
  }
  return (item) => places.get(nameOf(item, key)) ?? -1
}

function nameOf(item: unknown, key: string | undefined): unknown {
  return key === undefined ? item : (item as Readonly<Record<string, unknown>>)[key]
}

function sortedBy(placeOf: PlaceOf, items: List): List {
  return [...items].sort((a, b) => placeOf(a) - placeOf(b))
}
