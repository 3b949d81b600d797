import { Lexer } from 'yaml'
import type { ReadError } from './parse-nodes.ts'

/** A document of a YAML stream, as offsets in its text, and why it cannot be taken. */
export interface DocumentRange {
  readonly start: number
  readonly end: number
  readonly error?: ReadError
}

/** YAML forbids a line that starts with these inside of a document, so that cutting at them is exact. */
const SEPARATOR = /(?<=^|\n)\ufeff?(---|\.\.\.)(?=[ \t\r\n]|$)[ \t]*(?:#[^\n]*)?(?:\r?\n|$)?/g
/** Up to the first character that is neither blank nor in a comment. */
const CONTENT = /(?:^|\n)[ \t]*[^\s#]/
const REFUSED = 'which kubectl, kpt and kustomize refuse'
const DIRECTIVE = `must have no directive such as \`%YAML\`, ${REFUSED}; remove the line`

/** The documents in the text of a file or of standard input that hold more than comments. A byte order mark may lead each, as files have it that were joined. */
export function documentsIn(text: string): readonly DocumentRange[] {
  const documents: DocumentRange[] = []
  let [start, marker] = [0, '']
  const add = (end: number) => {
    const from = text[start] === '\ufeff' ? start + 1 : start
    const document = text.slice(from, end)
    const content = CONTENT.exec(document)
    if (!content) return
    const offset = content.index + content[0].length - 1
    const isOnItsLine = marker !== '' && text[start - 1] !== '\n'
    const message = isOnItsLine ? onItsLine(marker) : document[offset] === '%' && DIRECTIVE
    documents.push({ start: from, end, ...(message && { error: { message, offset } }) })
  }
  for (const separator of text.matchAll(SEPARATOR)) {
    add(separator.index)
    start = separator.index + separator[0].length
    marker = separator[1] as string
  }
  add(text.length)
  return documents
}

function onItsLine(marker: string): string {
  return `must not begin on the line of \`${marker}\`, ${REFUSED}; put a line break after \`${marker}\``
}

const MAY_HAVE_BLOCK_SCALAR = /[|>][-+0-9]*[ \t]*(?:#.*)?$/m

/**
 * The text of one document with a line break at its end that means what the text means to kpt and kustomize. To them a block scalar
 * that the file ends in has no line break of its own if the file has none, so that it becomes one without (`|-`).
 */
export function withFinalNewline(text: string): string {
  if (text === '' || text.endsWith('\n')) return text
  const last = MAY_HAVE_BLOCK_SCALAR.test(text) ? blockScalarAtEnd(text) : undefined
  if (!last?.content) return `${text}\n`
  const { header, start, content } = last
  const lastLine = content.slice(content.lastIndexOf('\n') + 1)
  // Spaces that only indent are no line of the scalar.
  if (lastLine.trim() === '' && lastLine.length <= indentOf(content))
    return text.slice(0, text.length - lastLine.length)
  const stripped = `${header.replace(/[-+]/, '')}-`
  return `${text.slice(0, start)}${stripped}${text.slice(start + header.length)}\n`
}

interface BlockScalar {
  readonly header: string
  /** Of the header. */
  readonly start: number
  readonly content: string
}

/** What the lexer puts between the parts of a text; behind the last of them is a scalar. */
const MARKS = ['\x02', '\x18', '\x1f']
const SCALAR = '\x1f'

/** The block scalar that a text ends in. */
function blockScalarAtEnd(text: string): BlockScalar | undefined {
  let [at, start, header, contentStart] = [0, 0, '', 0]
  for (const token of new Lexer().lex(text)) {
    if (token === SCALAR) contentStart = at
    if (MARKS.includes(token)) continue
    const isContent = at === contentStart && at > 0
    if (!isContent && /^[|>]/.test(token)) [header, start] = [token, at]
    else if (start < contentStart && contentStart < at && token.trim() !== '') header = ''
    at += token.length
  }
  return header === '' ? undefined : { header, start, content: text.slice(contentStart) }
}

function indentOf(content: string): number {
  return /^ *(?=[^ \n])/m.exec(content)?.[0].length ?? 0
}
