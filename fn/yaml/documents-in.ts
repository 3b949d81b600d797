import type { ReadError } from './read-error.ts'

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
