/** The keys and places in lists that lead to a field of an object. */
export type Path = readonly (string | number)[]

/** A path as people write it: `spec.scheduling.tolerations[0].key`, `metadata.labels[example.com/team]`. */
export function pathText(path: Path): string {
  return path.reduce<string>((text, key) => {
    if (typeof key !== 'string' || !/^[\w-]+$/.test(key)) return `${text}[${key}]`
    return text === '' ? key : `${text}.${key}`
  }, '')
}

export function isSamePath(a: Path, b: Path): boolean {
  return a.length === b.length && a.every((key, at) => key === b[at])
}

/** What stands at `path`, or undefined. */
export function valueAt(object: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key], object)
}

/** Compares two paths by where their fields stand in `object`; fields that are missing come last in their object. */
export function orderIn(object: unknown): (a: Path, b: Path) => number {
  const known = new Map<unknown, ReadonlyMap<string, number>>()
  const placesIn = (value: unknown) => {
    const places = known.get(value) ?? new Map(Object.keys(value ?? {}).map((key, place) => [key, place]))
    known.set(value, places)
    return places
  }
  return (a, b) => {
    const fork = a.findIndex((key, i) => key !== b[i])
    if (fork < 0) return a.length - b.length
    const places = placesIn(valueAt(object, a.slice(0, fork)))
    const [first, second] = [a, b].map((path) => places.get(String(path[fork])) ?? places.size)
    return Number(first) - Number(second)
  }
}
