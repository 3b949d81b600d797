/** Items that wait in groups. Groups have their turn one after the other, whatever each holds; within a group who came first is first. */
export interface Rotation<K, V> {
  /** Comes last in its group; a group with nothing comes after all that have something. */
  readonly add: (group: string, key: K, value: V) => void
  readonly has: (group: string, key: K) => boolean
  /** Takes an item out, whose turn it is or not. */
  readonly remove: (group: string, key: K) => V | undefined
  /** Takes the first item of the group whose turn it is, of those that may have one; its next turn is after those of all others. */
  readonly take: (mayTake?: (group: string) => boolean) => Item<K, V> | undefined
  readonly hasGroup: (group: string) => boolean
  readonly size: () => number
  readonly sizeOf: (group: string) => number
  readonly clear: () => void
}

interface Item<K, V> {
  readonly group: string
  readonly key: K
  readonly value: V
}

export function createRotation<K, V>(): Rotation<K, V> {
  // The order of a map is the order of what was set: that of the turns, and within a group that of coming.
  const groups = new Map<string, Map<K, V>>()
  let size = 0

  function remove(group: string, key: K): V | undefined {
    const items = groups.get(group)
    const value = items?.get(key)
    if (!items?.delete(key)) return undefined
    size -= 1
    if (items.size === 0) groups.delete(group)
    return value
  }

  return {
    add: (group, key, value) => {
      const items = groups.get(group) ?? new Map<K, V>()
      if (!items.has(key)) size += 1
      groups.set(group, items.set(key, value))
    },
    has: (group, key) => groups.get(group)?.has(key) ?? false,
    remove,
    take: (mayTake = () => true) => {
      for (const [group, items] of groups) {
        if (!mayTake(group)) continue
        groups.delete(group)
        groups.set(group, items)
        for (const [key, value] of items) {
          remove(group, key)
          return { group, key, value }
        }
      }
      return undefined
    },
    hasGroup: (group) => groups.has(group),
    size: () => size,
    sizeOf: (group) => groups.get(group)?.size ?? 0,
    clear: () => {
      groups.clear()
      size = 0
    },
  }
}
