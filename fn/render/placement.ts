import type { Item } from '../input/item.ts'
import type { Origin } from './orchestrator-annotations.ts'

/** Where new Pods' files go. */
export interface Placement {
  /** A new Pod's place beside its Buildkit; undefined where the Buildkit has none (kustomize, a stream). */
  readonly placeBeside: (buildkit: Item, buildkitName: string) => Origin | undefined
}

/** `pod_<buildkit>.yaml` in the folder of the Buildkit's file: a name that stays, so that a changed Pod reads as a diff. */
function podPath(buildkitPath: string, buildkitName: string): string {
  return `${buildkitPath.slice(0, buildkitPath.lastIndexOf('/') + 1)}pod_${buildkitName}.yaml`
}

/** Gives each new Pod the next index that no object of that file has yet, among `items` and the Pods placed before. */
export function placement(items: readonly Item[]): Placement {
  const nextIndex = new Map<string, number>()
  const take = ({ path, index, packagePath }: Origin) => {
    const file = fileOf(path, packagePath)
    nextIndex.set(file, Math.max(nextIndex.get(file) ?? 0, index + 1))
  }
  for (const { origin } of items) if (origin) take(origin)
  return {
    placeBeside: ({ origin }, buildkitName) => {
      if (!origin) return undefined
      const path = podPath(origin.path, buildkitName)
      const place = { ...origin, path, index: nextIndex.get(fileOf(path, origin.packagePath)) ?? 0 }
      take(place)
      return place
    },
  }
}

/** Sub-packages have paths of their own, so that a path alone does not name a file. */
function fileOf(path: string, packagePath: string | undefined): string {
  return `${packagePath ?? ''}\n${path}`
}
