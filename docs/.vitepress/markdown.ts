import { relative } from 'node:path'
import type { MarkdownRenderer } from 'vitepress'
import { linkOnSite } from './links.ts'
import { ROOT } from './pages.ts'
import { picturesOfThemes } from './pictures.ts'
import { playgroundLink } from './playground-link.ts'

export interface MarkdownOptions {
  /** The commit, tag or branch that the site is built from. */
  readonly ref: string
  readonly base: string
}

/** What VitePress says of the document that it renders. `path` is where the site has it, if that is another place. */
interface Environment {
  readonly path: string
  readonly realPath?: string
  readonly isForSearch?: boolean
}

type Token = ReturnType<MarkdownRenderer['parse']>[number]

/** Renders the documents as GitHub does, from the same text. */
export function likeGitHub(md: MarkdownRenderer, options: MarkdownOptions): void {
  md.disable('emoji')
  md.core.ruler.push('links', ({ tokens, env }) => {
    const document = documentOf(env)
    for (const token of tokens.flatMap((block) => [block, ...(block.children ?? [])]))
      adapt(token, document, options.ref)
  })
  const render = md.render.bind(md)
  // Braces are interpolations for Vue, which reads them also in code.
  md.render = (...args) => render(...args).replaceAll('{{', '&#123;&#123;')
  md.renderer.rules.table_open = () => '<div class="table" tabindex="0"><table>'
  md.renderer.rules.table_close = () => '</table></div>'
  linkExamples(md, options.base)
}

/** The anchor that GitHub gives to a heading. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\w\- ]/g, '')
    .replaceAll(' ', '-')
}

function documentOf({ path, realPath = path }: Environment): string {
  return relative(ROOT, realPath)
}

function adapt(token: Token, document: string, ref: string): void {
  // What is indented is code as what is fenced is; VitePress styles and scrolls only that.
  if (token.type === 'code_block') Object.assign(token, { type: 'fence', info: 'sh' })
  if (token.type === 'html_block' || token.type === 'html_inline') token.content = picturesOfThemes(token.content)
  if (token.type !== 'link_open') return
  token.attrSet('href', linkOnSite(document, token.attrGet('href') ?? '', ref))
}

/** Below each example of a rule that fits in a link, a link that opens it. */
function linkExamples(md: MarkdownRenderer, base: string): void {
  const { fence } = md.renderer.rules
  md.renderer.rules.fence = (...args) => {
    const [tokens, at, , env] = args
    const code = fence?.(...args) ?? ''
    const token = tokens[at]
    const isExample = token?.info === 'yaml' && !env.isForSearch && documentOf(env).startsWith('docs/rules/')
    const link = isExample && playgroundLink(token.content)
    if (!link) return code
    // `_self`: the playground is not a page of VitePress, whose router would look for it.
    return `${code}<p class="playground"><a href="${base}${link}" target="_self">Open in the playground</a></p>\n`
  }
}
