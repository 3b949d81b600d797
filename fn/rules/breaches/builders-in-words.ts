import type { Buildkit } from '../../../crds/buildkit.ts'
import type { Source } from '../../input/item.ts'
import { replicasOf } from '../../render/replicas.ts'

/** Buildkits in words: the first by its name, the others counted. */
export function namesOf([first, ...others]: readonly Source<Buildkit>[]): string {
  const name = `"${first?.value.metadata.name ?? ''}"`
  return others.length === 0 ? `Buildkit ${name}` : `Buildkits ${name} and ${others.length} more`
}

/** How many Pods Buildkits have together. */
export function podCount(buildkits: readonly Source<Buildkit>[]): number {
  return buildkits.reduce((count, { value }) => count + replicasOf(value), 0)
}

/** The Pods of Buildkits in words. */
export function podsOf(buildkits: readonly Source<Buildkit>[]): string {
  return `${podCount(buildkits) === 1 ? 'the Pod' : 'the Pods'} of ${namesOf(buildkits)}`
}
