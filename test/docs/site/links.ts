import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import packageJson from '../../../package.json' with { type: 'json' }
import { inRepository } from '../../house/repository-files.ts'
import { BASE } from './built-site.ts'

/** The pages of a built site, by their path below `BASE`. */
export type Pages = ReadonlyMap<string, string>

export function readPages(folder: string): Pages {
  const paths = globSync('**/*.html', { cwd: folder }).sort()
  return new Map(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')]))
}

/** Every `href` and `src` of a page. */
export function linksOf(html: string): readonly string[] {
  const links = [...html.matchAll(/<[a-z][^>]*? (?:href|src)="([^"]*)"/g)].map(([, link = '']) =>
    link.replaceAll('&amp;', '&'),
  )
  return [...new Set(links)]
}

/** The links of all pages that lead nowhere, each with its page. */
export function deadLinks(pages: Pages, files: ReadonlySet<string>): readonly string[] {
  const ids = new Map([...pages].map(([path, html]) => [path, idsOf(html)]))
  const isDead = (page: string, link: string) => {
    const { origin, pathname, hash } = new URL(link, `http://site${BASE}${page}`)
    if (origin !== 'http://site') return !leadsOut(link)
    if (!pathname.startsWith(BASE)) return true
    const path = decodeURI(pathname)
      .slice(BASE.length)
      .replace(/(^|\/)$/, '$1index.html')
    const anchor = decodeURIComponent(hash.slice(1))
    if (!files.has(path)) return true
    return anchor !== '' && !path.startsWith('playground/') && !ids.get(path)?.has(anchor)
  }
  return [...pages].flatMap(([page, html]) =>
    linksOf(html)
      .filter((link) => isDead(page, link))
      .map((link) => `${page}: ${link}`),
  )
}

/** Whether a link out of the site leads to what this repository has; other sites are not looked up. */
function leadsOut(link: string): boolean {
  const [, path] = /^\/(?:blob|tree|edit)\/main\/([^#]*)/.exec(link.replace(packageJson.homepage, '')) ?? []
  return path === undefined || inRepository(path)
}

function idsOf(html: string): ReadonlySet<string> {
  return new Set([...html.matchAll(/ id="([^"]*)"/g)].map(([, id = '']) => id))
}
