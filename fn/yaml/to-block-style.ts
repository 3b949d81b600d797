import { type Document, isMap, isScalar, isSeq, type Node, type Pair } from 'yaml'
import { jsonAsYaml } from './emit.ts'
import { documentsOf, type ReadError } from './parse-nodes.ts'

/** A mapping's text with the values of its keys where lines show them, nothing for what is no mapping, or why it is no YAML. */
export type BlockStyle = { readonly text: string; readonly second: number | undefined } | { readonly error: ReadError }

/** An escape in JSON. Those of a slash, and of a character as two halves, YAML readers in Go do not have. */
const JSON_ESCAPE = /\\(?:ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}|.)/gi

/**
 * The same mapping with its keys and the items of `items` on lines of their own, what they hold moved but not changed. `second` is
 * the offset of another document behind it.
 */
export function toBlockStyle(source: string): BlockStyle {
  const text = /^\s*\{/.test(source) ? jsonAsYaml(source.replace(JSON_ESCAPE, unescaped)) : source
  const documents = documentsOf(text)
  if (!documents) return { error: { message: 'is nested too deeply to read' } }
  const [first, ...others] = documents
  const [error] = first?.errors ?? []
  if (error) return { error: { message: `is not valid YAML: ${error.message}`, offset: error.pos[0] } }
  const pairs = isMap(first?.contents) ? (first.contents.items as Pair<Node, Node | null>[]) : []
  const sections = pairs.map(({ key, value }) => {
    const name = isScalar(key) ? String(key.value) : ''
    return `${name}:${name === 'items' && isSeq(value) ? itemsOf(text, value) : sliceOf(text, value, '\n  ')}`
  })
  return { text: sections.join(''), second: others.find(hasContents)?.range[0] }
}

function unescaped(sequence: string): string {
  return sequence === '\\/' || sequence.length > 2 ? JSON.parse(`"${sequence}"`) : sequence
}

function hasContents({ contents, errors }: Document.Parsed): boolean {
  return errors.length > 0 || (contents !== null && !(isScalar(contents) && contents.source === ''))
}

/** The items of a sequence: those that have lines of their own keep them, with the comments between them. */
function itemsOf(text: string, value: Node & { readonly items: readonly unknown[]; readonly flow?: boolean }): string {
  if (value.items.length === 0) return ' []\n'
  const [start, , end] = value.range ?? [0, 0, 0]
  if (!value.flow) return `\n${withNewline(text.slice(text.lastIndexOf('\n', start) + 1, end))}`
  return `\n${value.items.map((item) => `-${sliceOf(text, item as Node, ' ')}`).join('')}`
}

function withNewline(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`
}

/** The source of a node, indented by two, led by a space if it is in flow style, else by `lead`. */
function sliceOf(text: string, node: Node | null, lead: string): string {
  if (!node?.range) return '\n'
  const [start, end] = node.range
  const isFlow = isScalar(node) || (node as { flow?: boolean }).flow === true
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start)
  // What is in block style stands on a line of its own; in flow style there may be one line for all items.
  const indent = isFlow ? (/^[ \t]*/.exec(line)?.[0] ?? '') : line
  const source = text
    .slice(start, end)
    .trimEnd()
    .replace(new RegExp(`\\n[ \\t]{0,${indent.length}}`, 'g'), '\n  ')
  const properties = `${node.anchor ? `&${node.anchor} ` : ''}${node.tag?.startsWith('!') ? `${node.tag} ` : ''}`
  return `${isFlow ? ' ' : lead}${properties}${source}\n`
}
