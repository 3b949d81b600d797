import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The folder of the repository. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Documents that are about the source; the site links to them in the repository. */
export const NOT_PAGES = ['AGENTS.md', 'CODE_OF_CONDUCT.md', 'bench/**', 'test/**']

const RENAMED: Readonly<Record<string, string>> = {
  'README.md': 'index.md',
  'docs/README.md': 'documentation.md',
  'SECURITY.md': 'report-a-vulnerability.md',
}

/** Where the site has a document of the repository. */
export function pathOnSite(document: string): string {
  return (
    RENAMED[document] ??
    document
      .replace(/^docs\//, '')
      .replace(/\/README\.md$/, '.md')
      .replace(/^[A-Z]+(?=\.md$)/, lower)
  )
}

function lower(name: string): string {
  return name.toLowerCase()
}

/** The documents below a folder, sorted. */
export function pagesIn(folder: string): readonly string[] {
  return globSync(`${folder}/**/*.md`, { cwd: ROOT }).sort()
}

/** The first heading of a document, without marks. */
export function titleOf(document: string): string {
  const heading = /^# (.+)$/m.exec(readFileSync(`${ROOT}${document}`, 'utf8'))?.[1]
  if (heading === undefined) throw new Error(`${document} must have a heading`)
  return heading.replaceAll('`', '')
}
