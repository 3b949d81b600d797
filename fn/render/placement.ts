import type { Item } from '../input/item.ts'
import type { Origin } from '../input/orchestrator-annotations.ts'

/** Where new objects go. */
export interface Placement {
  /** The next place in the file of an object; undefined where that has none. */
  readonly placeIn: (object: Item) => Origin | undefined
  /** A place in `<name>.yaml` beside the file of an object; undefined where that has none (kustomize, a stream). */
  readonly placeBeside: (object: Item, name: string) => Origin | undefined
}

/** A name that stays, so that a changed Pod reads as a diff. */
function besidePath(path: string, name: string): string {
  return `${path.slice(0, path.lastIndexOf('/') + 1)}${name}.yaml`
}

/** Gives each new object the next index that no object of that file has yet, among `items` and those placed before. */
export function placement(items: readonly Item[]): Placement {
  const nextIndex = new Map<string, number>()
  const take = ({ path, index, packagePath }: Origin) => {
    const file = fileOf(path, packagePath)
    nextIndex.set(file, Math.max(nextIndex.get(file) ?? 0, index + 1))
  }
  for (const { origin } of items) if (origin) take(origin)
  const placeAt = (origin: Origin) => {
    const place = { ...origin, index: nextIndex.get(fileOf(origin.path, origin.packagePath)) ?? 0 }
    take(place)
    return place
  }
  return {
    placeIn: ({ origin }) => origin && placeAt(origin),
    placeBeside: ({ origin }, name) => origin && placeAt({ ...origin, path: besidePath(origin.path, name) }),
  }
}

/** Sub-packages have paths of their own, so that a path alone does not name a file. */
function fileOf(path: string, packagePath: string | undefined): string {
  return `${packagePath ?? ''}\n${path}`
}
