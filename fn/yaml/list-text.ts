import type { ReadError } from './parse-nodes.ts'
import { toBlockStyle } from './to-block-style.ts'

/** A mapping's text, cut at its keys and at the items of its `items`. */
export interface ListText {
  /** The text of a key and its value, and where it begins. */
  readonly section: (key: string) => Section | undefined
  /** Missing where `items` is no sequence. Invariant: `head`, the items in order and `tail` are the whole text. */
  readonly cut?: Cut
  /** Where another document begins. */
  readonly second?: number | undefined
}

interface Cut {
  readonly head: string
  /** Each item's text with its dash and what follows it up to the next one. */
  readonly items: readonly string[]
  readonly tail: string
  /** The column of the items' dashes. */
  readonly column: number
}

interface Section {
  readonly text: string
  readonly start: number
}

interface Found {
  readonly key: string
  readonly start: number
  /** Behind the colon. */
  readonly bodyStart: number
  readonly end: number
}

const SECTION = /^(\w+):(?= |\r?$)/
/** A line, with the break before it, that starts a section or something that the scanner does not know. JavaScript's own `^` takes U+2028 for a line break, YAML does not. */
const SECTION_LINE = /(?:^\ufeff?|\n)(?:[^\s#-]|-(?![ \r\n]|$)).*/g

/**
 * A list's text, cut, or why it cannot be. In the block style that orchestrators and kubectl write, it is found by scanning lines;
 * any other YAML or JSON is brought into that style first.
 */
export function listText(text: string): ListText | { readonly error: ReadError } {
  const scanned = scan(text)
  if (scanned?.cut) return scanned
  const block = toBlockStyle(text)
  if ('error' in block) return block
  return { ...(scan(block.text) ?? { section: () => undefined }), second: block.second }
}

function scan(text: string): ListText | undefined {
  const sections = sectionsOf(text)
  if (!sections) return undefined
  const cut = cutItems(text, sections.get('items'))
  const section = (key: string) => {
    const found = sections.get(key)
    return found && { text: text.slice(found.start, found.end), start: found.start }
  }
  return { section, ...(cut && { cut }) }
}

function sectionsOf(text: string): ReadonlyMap<string, Found> | undefined {
  const start = /^\ufeff?(?:---[ \t]*\r?\n)?/.exec(text)?.[0].length ?? 0
  const sections = new Map<string, Found>()
  let previous: Omit<Found, 'end'> | undefined
  SECTION_LINE.lastIndex = text[start - 1] === '\n' ? start - 1 : 0
  for (let line = SECTION_LINE.exec(text); line; line = SECTION_LINE.exec(text)) {
    const match = SECTION.exec(line[0].trimStart())
    if (!match || sections.has(match[1] as string) || previous?.key === match[1]) return undefined
    const lineStart = line.index + line[0].length - line[0].trimStart().length
    if (previous) sections.set(previous.key, { ...previous, end: lineStart })
    previous = { key: match[1] as string, start: lineStart, bodyStart: lineStart + match[0].length }
  }
  if (previous) sections.set(previous.key, { ...previous, end: text.length })
  return sections
}

function cutItems(text: string, items: Found | undefined): Cut | undefined {
  if (!items) return undefined
  const body = text.slice(items.bodyStart, items.end)
  const first = /^[ \t]*(?:#.*)?\r?\n(?:[ \t]*(?:#.*)?\r?\n)*?( *)-(?=[ \r\n])/.exec(body)
  if (!first)
    return isEmpty(body)
      ? { head: text.slice(0, items.end), items: [], tail: text.slice(items.end), column: 0 }
      : undefined
  const column = (first[1] as string).length
  if (column > 0 && new RegExp(`\\n {0,${column}}(?![ \\r\\n#]|$|-(?:[ \\r\\n]|$))`).test(body.slice(first[0].length)))
    return undefined
  const start = items.bodyStart + first[0].length - 1 - column
  return {
    head: text.slice(0, start),
    items: cutAtDashes(text, { start, end: items.end }, column),
    tail: text.slice(items.end),
    column,
  }
}

function isEmpty(body: string): boolean {
  return /^[ \t]*\[\][ \t]*(?:#.*)?\s*$/.test(body) || /^(?:\s|#.*\n)*(?:#.*)?$/.test(body)
}

function cutAtDashes(
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
  column: number,
): string[] {
  const dash = `\n${' '.repeat(column)}-`
  const items: string[] = []
  let itemStart = start
  for (let at = text.indexOf(dash, start); at >= 0 && at < end; at = text.indexOf(dash, at + 1)) {
    const next = text.charCodeAt(at + dash.length)
    if (next !== 32 && next !== 10 && next !== 13) continue
    items.push(text.slice(itemStart, at + 1))
    itemStart = at + 1
  }
  items.push(text.slice(itemStart, end))
  return items
}

/** An item of a block sequence as a document of its own: without its dash, its lines moved to the left, and nothing else changed. */
export function withoutDash(item: string): string {
  const [dash = ''] = /^ *-[ \t]*/.exec(item) ?? []
  const firstLine = item.slice(dash.length, lineEnd(item))
  // Behind a dash there may be no more than an anchor, a tag or a comment.
  const isAlone = /^(?:[&!]\S*[ \t]*)*(?:#.*)?\r?$/.test(firstLine)
  const below = item.slice(lineEnd(item))
  const indent = isAlone ? (/^ *(?=[^\s#])/m.exec(below)?.[0].length ?? 0) : dash.length
  const moved = below.replace(new RegExp(`\\n {0,${indent}}`, 'g'), '\n')
  return firstLine.trim() === '' ? moved.slice(1) : `${firstLine}${moved}`
}

function lineEnd(text: string): number {
  const newline = text.indexOf('\n')
  return newline < 0 ? text.length : newline
}

/** The comments and blank lines after an item that stand no deeper than its dash: they belong to what follows, and stay. */
export function trailingLines(text: string): string {
  const dash = /^ *(?=-)/.exec(text)?.[0].length
  return dash === undefined ? '' : linesAtEnd(text, new RegExp(`^(?: {0,${dash}}#.*|[ \\t\\r]*)$`))
}

/** The lines of this kind that a text ends in. */
export function linesAtEnd(text: string, kind: RegExp): string {
  for (let end = text.length; ; ) {
    const start = text.lastIndexOf('\n', end - 1) + 1
    if (start === 0 || !kind.test(text.slice(start, end))) return text.slice(end + 1)
    end = start - 1
  }
}
