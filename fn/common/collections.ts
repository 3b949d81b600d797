/** Values by what `keyOf` gives for each, in the order in which they come; `Map.groupBy`, which Node 20 has not. No group is empty. */
export function grouped<K, V>(values: readonly V[], keyOf: (value: V) => K): ReadonlyMap<K, readonly [V, ...V[]]> {
  const groups = new Map<K, [V, ...V[]]>()
  for (const value of values) {
    const key = keyOf(value)
    const group = groups.get(key)
    if (group) group.push(value)
    else groups.set(key, [value])
  }
  return groups
}

/** What `make` makes of an object, made once and kept as long as the object is. */
export function oncePer<K extends object, V extends object | string>(make: (object: K) => V): (object: K) => V {
  return once(make, new WeakMap())
}

/** The same for texts, kept as long as the function is: where there may be many of them and few different ones. */
export function oncePerText<V extends {}>(make: (text: string) => V): (text: string) => V {
  return once(make, new Map())
}

function once<K extends WeakKey | string, V extends {}>(make: (from: K) => V, made: Kept<K, V>): (from: K) => V {
  return (from) => {
    const known = made.get(from)
    if (known !== undefined) return known
    const value = make(from)
    made.set(from, value)
    return value
  }
}

interface Kept<K, V> {
  get(key: K): V | undefined
  set(key: K, value: V): unknown
}
