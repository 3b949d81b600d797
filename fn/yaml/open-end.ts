import { parseNodes, type ReadError } from './parse-nodes.ts'

/** What may begin on a line and not end there: a quoted text or a flow collection. One pattern with the conflict takes seven times as long. */
const MAY_BE_OPEN =
  /(?<=[ \t\n])(?:"[^"\\\n]*(?:\\.[^"\\\n]*)*(?:\n|$)|'[^'\n]*(?:''[^'\n]*)*(?:\n|$)|[[{][^[\]{}"'\n]*(?:[\n[{"']|$))/
/** The beginning of a merge conflict of Git. */
const CONFLICT = '\n<<<<<<<'
/** A line up to its value: indentation, dashes, a key, an anchor and a tag. */
const LINE =
  /( *)((?:[-?:][ \t]+)*)((?:"[^"\\\n]*(?:\\.[^"\\\n]*)*"[ \t]*|'[^'\n]*'[ \t]*|[^\s"'#[{|>&!][^\n]*?):[ \t]+)?(?:[&!]\S*[ \t]+)*/y
const FLOW = /(?<=[\s,:[{])["']|(?<=\s)#.*|[[\]{}]/g

/**
 * What a text of one document ends in the middle of. Its other mistakes are not looked for: this costs as good as nothing, and may be done with
 * everything that is only copied.
 */
export function openEnd(text: string): ReadError | undefined {
  const conflict = text.indexOf(CONFLICT) + 1
  if (conflict === 0 && !MAY_BE_OPEN.test(text)) return undefined
  const offset = conflict || openedAt(text)
  if (offset === undefined || !parseNodes(text)?.errors.length) return undefined
  const what = conflict ? 'a merge conflict of Git' : `\`${text[offset]}\` without an end`
  return { message: `is not valid YAML: has ${what}`, offset }
}

/** Where the value begins that reaches beyond the end of a text. */
function openedAt(text: string): number | undefined {
  // The column that lines of a block scalar are to the right of.
  let column = Number.POSITIVE_INFINITY
  for (let start = 0; start < text.length; start = lineAfter(text, start)) {
    LINE.lastIndex = start
    const [all, spaces, dashes, key] = LINE.exec(text) as unknown as readonly [string, string, string, string?]
    const at = start + all.length
    const first = text[at] ?? '\n'
    if (spaces.length > column || /[\r\n#]/.test(first)) continue
    const parent = spaces.length + (key === undefined ? dashes.trimEnd().length - 1 : dashes.length)
    column = first === '|' || first === '>' ? parent : Number.POSITIVE_INFINITY
    const end = endOf(text, at)
    if (end < 0) return at
    start = end
  }
  return undefined
}

function lineAfter(text: string, at: number): number {
  const newline = text.indexOf('\n', at)
  return newline < 0 ? text.length : newline + 1
}

/** Where a quoted text or a flow collection ends that begins at `at`; `at` itself for anything else, -1 where it has no end. */
function endOf(text: string, at: number): number {
  const first = text[at]
  if (first === "'" || first === '"') return endOfQuoted(text, at)
  return first === '[' || first === '{' ? endOfFlow(text, at) : at
}

function endOfQuoted(text: string, start: number): number {
  const quote = text[start] as string
  for (let end = text.indexOf(quote, start + 1); end >= 0; end = text.indexOf(quote, end + 1)) {
    if (quote === '"' ? !isEscaped(text, end) : text[end + 1] !== quote) return end
    if (quote === "'") end++
  }
  return -1
}

function isEscaped(text: string, at: number): boolean {
  let start = at
  while (text[start - 1] === '\\') start--
  return (at - start) % 2 === 1
}

function endOfFlow(text: string, start: number): number {
  let depth = 0
  FLOW.lastIndex = start
  for (let token = FLOW.exec(text); token; token = FLOW.exec(text)) {
    const [first] = token[0]
    if (first === '[' || first === '{') depth++
    else if (first === ']' || first === '}') depth--
    else if (first !== '#') {
      const end = endOf(text, token.index)
      if (end < 0) return -1
      FLOW.lastIndex = end + 1
    }
    if (depth === 0) return token.index
  }
  return -1
}
