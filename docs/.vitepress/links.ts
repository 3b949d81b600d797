import { existsSync, statSync } from 'node:fs'
import { dirname, join, matchesGlob } from 'node:path/posix'
import packageJson from '../../package.json' with { type: 'json' }
import { NOT_PAGES, pathOnSite, ROOT } from './pages.ts'

/** Where a link of a document leads on the site: to another page, or to what only the repository has. `ref` is the commit of the site. */
export function linkOnSite(document: string, href: string, ref: string): string {
  if (/^(?:[a-z]+:|#|\/)/.test(href)) return href
  const [path = '', anchor] = href.split('#')
  const hash = anchor === undefined ? '' : `#${anchor}`
  const target = join(dirname(document), decodeURI(path)).replace(/\/$/, '')
  if (!existsSync(join(ROOT, target))) throw new Error(`${document} links to ${href}, which is missing`)
  const page = pageAt(target)
  if (page) return `/${pathOnSite(page)}${hash}`
  return `${packageJson.homepage}/${isFolder(target) ? 'tree' : 'blob'}/${ref}/${target}${hash}`
}

/** The document that is a page of the site: the file itself, or the README of a folder. */
function pageAt(target: string): string | undefined {
  const document = isFolder(target) ? join(target, 'README.md') : target
  const isPage =
    document.endsWith('.md') &&
    existsSync(join(ROOT, document)) &&
    !NOT_PAGES.some((glob) => matchesGlob(document, glob))
  return isPage ? document : undefined
}

function isFolder(target: string): boolean {
  return statSync(join(ROOT, target)).isDirectory()
}
