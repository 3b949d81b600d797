import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')
const FOREIGN = ['**/node_modules', '.git', '.cache', 'dist']

/** The text of each file of this repository that matches one of the glob patterns, by its path, sorted. */
export function repositoryFiles(...patterns: readonly string[]): ReadonlyMap<string, string> {
  const entries = globSync([...patterns], { cwd: root, exclude: FOREIGN, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return new Map(paths.sort().map((path) => [path.slice(root.length + 1), readFileSync(path, 'utf8')]))
}

/** Whether the repository has a file or folder at `path`. */
export function inRepository(path: string): boolean {
  return existsSync(join(root, path))
}
