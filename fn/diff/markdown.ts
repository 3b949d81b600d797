import { oneLine } from '../results/shown.ts'

/** A heading; what names have in it is code, so that nothing in them is a link or a mention. */
export interface Title {
  readonly text: string
  readonly code?: string
}

/** So many lines of a list are shown. */
const LISTED_MAX = 200

/** Texts as a list, the first of many. */
export function list(texts: readonly string[]): readonly string[] {
  return shortened(
    texts.map((text) => `- ${code(text)}`),
    (more) => `- and ${more} more`,
  )
}

/** Lines, or the first of many and what says how many more there are. */
export function shortened(lines: readonly string[], rest: (more: number) => string): readonly string[] {
  const more = lines.length - LISTED_MAX
  return more > 0 ? [...lines.slice(0, LISTED_MAX), rest(more)] : lines
}

export function heading({ text, code: names }: Title): string {
  return `### ${escaped(text)}${names === undefined ? '' : `: ${code(names)}`}`
}

/** Lines that open with a click. */
export function details({ text, code: names }: Title, lines: readonly string[]): string {
  const summary = `${html(text)}${names === undefined ? '' : `: <code>${html(names)}</code>`}`
  return `<details><summary>${summary}</summary>\n\n${lines.join('\n')}\n\n</details>`
}

/** Code in a cell of a table, which a bar would end. */
export function cell(text: string): string {
  return code(text).replaceAll('|', '\\|')
}

/** A span that shows a text as it is, also with backticks. */
function code(text: string): string {
  const line = oneLine(text)
  const fence = '`'.repeat(Math.max(0, ...[...line.matchAll(/`+/g)].map(([ticks]) => ticks.length)) + 1)
  const isEdged = line.startsWith('`') || line.endsWith('`')
  return isEdged ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`
}

/** Words of ours outside of code, in which nothing has a meaning. */
export function escaped(text: string): string {
  return html(text).replace(/[\\`*_{}[\]()#+!|~@]/g, (character) => `&#${character.charCodeAt(0)};`)
}

function html(text: string): string {
  return oneLine(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
