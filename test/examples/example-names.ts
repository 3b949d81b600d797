import { globSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const EXAMPLES = join(import.meta.dirname, '../../examples')

/** The folders of examples/ that are packages as they are: with Buildkits, and not for kustomize to build first. */
export const exampleNames: readonly string[] = readdirSync(EXAMPLES)
  .filter((name) =>
    globSync(join(EXAMPLES, name, '*.yaml')).some((path) => /^kind: Buildkit$/m.test(readFileSync(path, 'utf8'))),
  )
  .sort()

export function examplePath(name: string): string {
  return join(EXAMPLES, name)
}
