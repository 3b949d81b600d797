/** Code in a document. */
export interface Snippet {
  readonly language: string
  readonly text: string
  /** The line of its opening fence, or its first one, from 1. */
  readonly line: number
}

const FENCED = /^( *)```([\w-]*)[^\n]*\n([\s\S]*?)^ *```[ \t]*$/gm
const INDENTED = /(?<=\n\n)(?: {4}.*\n)+/g

/** All snippets of a Markdown text: fenced ones, those in lists included, and then those that are only indented. */
export function snippetsIn(markdown: string): readonly Snippet[] {
  const lineOf = (index: number) => markdown.slice(0, index).split('\n').length
  const fenced = [...markdown.matchAll(FENCED)].map(({ index, 1: indent = '', 2: language = '', 3: body = '' }) => {
    return { language, text: withoutIndent(body, indent), line: lineOf(index) }
  })
  const rest = markdown.replaceAll(FENCED, (all) => all.replaceAll(/[^\n]/g, '`'))
  const indented = [...rest.matchAll(INDENTED)].map(({ 0: body, index }) => {
    return { language: '', text: withoutIndent(body, '    '), line: lineOf(index) }
  })
  return [...fenced, ...indented]
}

function withoutIndent(text: string, indent: string): string {
  return text.replaceAll(new RegExp(`^${indent}`, 'gm'), '')
}
