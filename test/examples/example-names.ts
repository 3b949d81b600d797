import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

const EXAMPLES = join(import.meta.dirname, '../../examples')

/** The folders of examples/ that are packages as they are: with Buildkits, and not for kustomize to build first. */
export const exampleNames: readonly string[] = readdirSync(EXAMPLES).filter(hasBuildkits).sort()

export function examplePath(name: string): string {
  return join(EXAMPLES, name)
}

/** What is rendered of an example: the folder `builders` in it, beside which stands what an engine needs, or all of it. */
export function packagePath(name: string): string {
  const builders = join(examplePath(name), 'builders')
  return existsSync(builders) ? builders : examplePath(name)
}

function hasBuildkits(name: string): boolean {
  const paths = globSync(join(packagePath(name), '{*,*/*}.yaml'))
  const isForKustomize = paths.some((path) => basename(path) === 'kustomization.yaml')
  return !isForKustomize && paths.some((path) => /^kind: Buildkit$/m.test(readFileSync(path, 'utf8')))
}
