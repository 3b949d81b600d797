import { oneLine } from '../results/shown.ts'
import type { Words } from './in-words.ts'

/** So many lines of a list are shown, of so many characters together. */
const LISTED_MAX = 200
const CHARACTERS_MAX = 10_000

/** Texts as a list, the first of many. */
export function list(texts: readonly string[]): readonly string[] {
  return shortened(
    texts.map((text) => `- ${code(text)}`),
    (more) => `- and ${more} more`,
  )
}

/** Lines, or the first of many and what says how many more there are. */
export function shortened(lines: readonly string[], rest: (more: number) => string): readonly string[] {
  let characters = 0
  const long = lines.findIndex((line) => {
    characters += line.length + 1
    return characters > CHARACTERS_MAX
  })
  const shown = Math.min(LISTED_MAX, long < 0 ? lines.length : long)
  const more = lines.length - shown
  return more > 0 ? [...lines.slice(0, shown), rest(more)] : lines
}

/** A heading; what names have in it is code, so that nothing in them is a link or a mention. */
export function heading(words: Words): string {
  return `### ${words.map((word) => (typeof word === 'string' ? escaped(word) : code(word.name))).join('')}`
}

/** Lines that open with a click. */
export function details(words: Words, lines: readonly string[]): string {
  const summary = words.map((word) => (typeof word === 'string' ? html(word) : `<code>${html(word.name)}</code>`))
  return `<details><summary>${summary.join('')}</summary>\n\n${lines.join('\n')}\n\n</details>`
}

/** Code in a cell of a table, which a bar would end. */
export function cell(text: string): string {
  return code(text).replaceAll('|', '\\|')
}

/** A span that shows a text as it is, also with backticks. */
export function code(text: string): string {
  const line = oneLine(text)
  const fence = '`'.repeat(Math.max(0, ...[...line.matchAll(/`+/g)].map(([ticks]) => ticks.length)) + 1)
  const isEdged = line.startsWith('`') || line.endsWith('`')
  return isEdged ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`
}

/** Words of ours outside of code, in which nothing has a meaning. */
export function escaped(text: string): string {
  return html(text).replace(/[\\`*_{}[\]#+!|~@]/g, (character) => `&#${character.charCodeAt(0)};`)
}

function html(text: string): string {
  return oneLine(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
