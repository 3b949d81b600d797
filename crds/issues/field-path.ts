/** Where a field stands in an object, as zod has it. */
export type Path = readonly PropertyKey[]

/** A path as people write it: `spec.scheduling.tolerations[0].key`, `metadata.labels[example.com/team]`. */
export function pathText(path: Path): string {
  return path.reduce<string>((text, key) => {
    if (typeof key !== 'string' || !/^[\w-]+$/.test(key)) return `${text}[${String(key)}]`
    return text === '' ? key : `${text}.${key}`
  }, '')
}

/** What stands at `path`, or undefined. */
export function valueAt(object: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key], object)
}

/** Compares two paths by where their fields stand in `object`; fields that are missing come last in their object. */
export function inOrder(object: unknown, a: Path, b: Path): number {
  const fork = a.findIndex((key, i) => key !== b[i])
  if (fork < 0) return a.length - b.length
  const keys = Object.keys(valueAt(object, a.slice(0, fork)) ?? {})
  return placeAmong(keys, a[fork]) - placeAmong(keys, b[fork])
}

function placeAmong(keys: readonly string[], key: PropertyKey | undefined): number {
  const place = keys.indexOf(String(key))
  return place < 0 ? keys.length : place
}
