import { globSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const EXAMPLES = join(import.meta.dirname, '../../examples')

/** The folders of examples/ that are packages as they are: with Buildkits, and not for kustomize to build first. */
export const exampleNames: readonly string[] = readdirSync(EXAMPLES).filter(hasBuildkits).sort()

export function examplePath(name: string): string {
  return join(EXAMPLES, name)
}

/** What an engine needs may stand beside a folder `builders` with the package. */
function hasBuildkits(name: string): boolean {
  const paths = ['*.yaml', 'builders/*.yaml'].flatMap((pattern) => globSync(join(EXAMPLES, name, pattern)))
  return paths.some((path) => /^kind: Buildkit$/m.test(readFileSync(path, 'utf8')))
}
