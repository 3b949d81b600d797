import { type Document, isMap, isScalar, isSeq, type Node, type Pair } from 'yaml'
import { jsonAsYaml } from './yaml/json-as-yaml.ts'
import { parseNodes } from './yaml/parse-nodes.ts'
import type { Read } from './yaml/read-document.ts'
import { readYaml } from './yaml/read-yaml.ts'

/** A ResourceList's text, cut at its items. Invariant: `head`, the items in order and `tail` are the whole text. */
export interface ResourceList {
  readonly head: string
  /** Each item's text with its dash and what follows it up to the next one. */
  readonly items: readonly string[]
  readonly tail: string
  /** The column of the items' dashes. */
  readonly column: number
  readonly functionConfig: unknown
  /** The text of `results` that came with the list, where it is part of `tail`; ours take its place. */
  readonly resultsSection: string | undefined
}

interface Section {
  readonly key: string
  readonly start: number
  /** Behind the colon. */
  readonly bodyStart: number
  readonly end: number
}

const TOO_DEEP = { error: 'must be a ResourceList, got one nested too deeply to read' }
const API_VERSIONS = ['config.kubernetes.io/v1', 'config.kubernetes.io/v1beta1', 'config.kubernetes.io/v1alpha1']
/** An escape in JSON. Those of a slash, and of a character as two halves, YAML readers in Go do not have. */
const JSON_ESCAPE = /\\(?:ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}|.)/gi
const SECTION = /^(\w+):(?= |\r?$)/
/** A line, with the break before it, that starts a section or something that the scanner does not know. JavaScript's own `^` takes U+2028 for a line break, YAML does not. */
const SECTION_LINE = /(?:^\ufeff?|\n)(?:[^\s#-]|-(?![ \r\n]|$)).*/g

/**
 * The ResourceList that an orchestrator sent (KRM functions specification v1), or why the text is none.
 * In the block style that they all write, it is found by scanning lines; any other YAML or JSON is brought into that style first.
 */
export function parseResourceList(text: string): ResourceList | { readonly error: string } {
  if (text.trim() === '') return { error: 'must be a ResourceList, got nothing' }
  const scanned = scan(text)
  if (scanned) return scanned
  const block = toBlockStyle(text)
  if ('error' in block) return block
  return scan(block.text) ?? { error: 'must be a ResourceList whose `items` is a sequence of objects' }
}

function scan(text: string): ResourceList | { readonly error: string } | undefined {
  const sections = sectionsOf(text)
  if (!sections) return undefined
  const [apiVersion, kind, functionConfig] = ['apiVersion', 'kind', 'functionConfig'].map((key) =>
    readSection(text, sections.get(key)),
  ) as [Read, Read, Read]
  if (valueIn(kind) !== 'ResourceList') return { error: notAResourceList(valueIn(apiVersion), valueIn(kind)) }
  if (!API_VERSIONS.includes(String(valueIn(apiVersion)))) {
    return {
      error: `must be a ResourceList of \`apiVersion\` "${API_VERSIONS[0]}", got "${String(valueIn(apiVersion))}"`,
    }
  }
  if ('error' in functionConfig) return { error: `\`functionConfig\` ${functionConfig.error}` }
  const cut = cutItems(text, sections.get('items'))
  const results = sections.get('results')
  return (
    cut && {
      ...cut,
      functionConfig: functionConfig.value,
      resultsSection: results && text.slice(results.start, results.end),
    }
  )
}

function notAResourceList(apiVersion: unknown, kind: unknown): string {
  const got = typeof kind === 'string' ? `${String(apiVersion ?? '')} ${kind}`.trim() : 'no `kind`'
  return `must be a ResourceList, got ${got}; run this function with kpt or kustomize, or files with \`render-buildkit build\``
}

function sectionsOf(text: string): ReadonlyMap<string, Section> | undefined {
  const start = /^\ufeff?(?:---[ \t]*\r?\n)?/.exec(text)?.[0].length ?? 0
  const sections = new Map<string, Section>()
  let previous: Omit<Section, 'end'> | undefined
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

function readSection(text: string, section: Section | undefined): Read {
  if (!section) return { value: undefined }
  const read = readYaml(text.slice(section.start, section.end))
  return 'value' in read ? { value: (read.value as Readonly<Record<string, unknown>>)[section.key] } : read
}

function valueIn(read: Read): unknown {
  return 'value' in read ? read.value : undefined
}

function cutItems(
  text: string,
  items: Section | undefined,
): Omit<ResourceList, 'functionConfig' | 'resultsSection'> | undefined {
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

/** The same list with `items` as a block sequence, each item's own lines moved but not changed. */
function toBlockStyle(source: string): { readonly text: string } | { readonly error: string } {
  const text = /^\s*\{/.test(source) ? jsonAsYaml(source.replace(JSON_ESCAPE, unescaped)) : source
  const document = parse(text)
  if ('error' in document) return document
  const { contents } = document
  if (!isMap(contents)) return { error: 'must be a ResourceList, got no mapping' }
  const sections = (contents.items as Pair<Node, Node | null>[]).map(({ key, value }) => {
    const name = isScalar(key) ? String(key.value) : ''
    if (name !== 'items' || !isSeq(value) || value.items.length === 0) return `${name}:${sliceOf(text, value, '\n  ')}`
    return `items:\n${value.items.map((item) => `-${sliceOf(text, item as Node, ' ')}`).join('')}`
  })
  return { text: sections.join('') }
}

function unescaped(source: string): string {
  return source === '\\/' || source.length > 2 ? JSON.parse(`"${source}"`) : source
}

function parse(text: string): Document | { readonly error: string } {
  const document = parseNodes(text)
  if (!document) return TOO_DEEP
  const [error] = document.errors
  return error ? { error: `must be a ResourceList, got what is not YAML: ${error.message.split('\n')[0]}` } : document
}

/** The source of a node, indented by two, led by a space if it is in flow style, else by `lead`. */
function sliceOf(text: string, node: Node | null, lead: string): string {
  if (!node?.range) return '\n'
  const [start, end] = node.range
  const isFlow = isScalar(node) || (node as { flow?: boolean }).flow === true
  // Only what is in block style stands on a line of its own: in JSON there may be one line for all items.
  const strip = isFlow ? '[ \\t]*' : ` {0,${start - (text.lastIndexOf('\n', start - 1) + 1)}}`
  const source = text
    .slice(start, end)
    .trimEnd()
    .replace(new RegExp(`\\n${strip}`, 'g'), '\n  ')
  const properties = node.anchor ? `&${node.anchor} ` : ''
  return `${isFlow ? ' ' : lead}${properties}${source}\n`
}
