import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const EXAMPLES = join(import.meta.dirname, '../../examples')

/** The folders of examples/, each a package. */
export const exampleNames: readonly string[] = readdirSync(EXAMPLES).sort()

export function examplePath(name: string): string {
  return join(EXAMPLES, name)
}
