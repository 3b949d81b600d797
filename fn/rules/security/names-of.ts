import type { Buildkit } from '../../../crds/buildkit.ts'
import type { Source } from '../../select.ts'

/** Buildkits in words: the first by its name, the others counted. */
export function namesOf([first, ...others]: readonly Source<Buildkit>[]): string {
  const name = `Buildkit "${first?.value.metadata.name ?? ''}"`
  return others.length === 0 ? name : `${name} and of ${others.length} more`
}
