import { Lexer } from 'yaml'

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
