/** Where something is typed in YAML that is not finished. */
export interface Cursor {
  readonly kind: string | undefined
  /** The keys that lead to the line; items of lists are no step. */
  readonly path: readonly string[]
  /** The key of the line, where its value is typed. */
  readonly key: string | undefined
  /** What there is already of the key or of the value. */
  readonly typed: string
}

const LINE = /^((?:[ ]|- )*)(?:([\w./-]+):(?:\s+|$))?(.*)$/

/** Reads the lines up to the cursor by how far they are indented, as people do; undefined in a text of several lines. */
export function cursorIn(before: string, after: string): Cursor | undefined {
  const document = before.slice(startOfDocument(before)).split('\n')
  const current = partsOf(document.at(-1) ?? '')
  const parents = parentsOf(document.slice(0, -1), current.limit)
  if (parents.some(({ isText }) => isText)) return undefined
  const kindLine = /^kind:[ \t]*(\w+)/m
  const [, kind] = kindLine.exec(document.join('\n')) ?? kindLine.exec(after.split(/^---/m)[0] ?? '') ?? []
  return { kind, path: parents.map(({ key }) => key), key: current.key, typed: current.rest }
}

function startOfDocument(before: string): number {
  const at = before.lastIndexOf('\n---')
  return at < 0 ? 0 : before.indexOf('\n', at + 1) + 1
}

interface Parts {
  /** A key in whose value the line is begins before this column. */
  readonly limit: number
  readonly column: number
  readonly key: string | undefined
  readonly rest: string
}

/** A list may begin in the column of its key. */
function partsOf(line: string): Parts {
  const [, lead = '', key, rest = ''] = LINE.exec(line) ?? []
  const dash = lead.indexOf('-')
  return { limit: dash < 0 ? lead.length : dash + 1, column: lead.length, key, rest }
}

interface Parent {
  readonly key: string
  /** Whether its value is a text of several lines. */
  readonly isText: boolean
}

/** The keys in whose values a line with this limit is, from the outermost one. */
function parentsOf(lines: readonly string[], limit: number): readonly Parent[] {
  const parents: Parent[] = []
  let left = limit
  for (const line of lines.toReversed()) {
    const { column, key, rest, ...parts } = partsOf(line)
    if (key === undefined || column >= left) continue
    left = parts.limit
    parents.push({ key, isText: /^[|>]/.test(rest) })
  }
  return parents.reverse()
}
