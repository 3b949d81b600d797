import type { Buildkit } from '../../../crds/buildkit.ts'
import type { Source } from '../../input/item.ts'

/** Buildkits in words: the first by its name, the others counted. */
export function namesOf([first, ...others]: readonly Source<Buildkit>[]): string {
  const name = `"${first?.value.metadata.name ?? ''}"`
  return others.length === 0 ? `Buildkit ${name}` : `Buildkits ${name} and ${others.length} more`
}

/** The Pods of Buildkits in words. */
export function podsOf(buildkits: readonly Source<Buildkit>[]): string {
  return `${buildkits.length === 1 ? 'the Pod' : 'the Pods'} of ${namesOf(buildkits)}`
}
