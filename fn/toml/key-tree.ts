import { parse } from 'smol-toml'

/** A place in a document that is known to be TOML. */
interface Cursor {
  readonly text: string
  at: number
}

/** Goes on behind spaces and tabs. */
function skipBlank(cursor: Cursor): void {
  skip(cursor, /[ \t]*/y)
}

/** Goes on behind spaces, ends of lines and comments. */
function skipVoid(cursor: Cursor): void {
  skip(cursor, /[\s\ufeff]*/y)
  while (cursor.text[cursor.at] === '#') {
    skip(cursor, /[^\n]*/y)
    skip(cursor, /\s*/y)
  }
}

/** Goes on behind a scalar that is no text; a date may have a blank before its time. */
function skipBare(cursor: Cursor): void {
  skip(cursor, /\d{4}-\d\d-\d\d \d\d:[^\s,\]}#]*|[^\s,\]}#]+/y)
}

/** Goes on behind a text in quotes. */
function skipString(cursor: Cursor): void {
  const { text } = cursor
  const quote = text[cursor.at] as string
  const end = text.startsWith(quote.repeat(3), cursor.at) ? quote.repeat(3) : quote
  cursor.at += end.length
  while (cursor.at < text.length && !text.startsWith(end, cursor.at)) {
    cursor.at += quote === '"' && text[cursor.at] === '\\' ? 2 : 1
  }
  cursor.at += end.length
  // Two quotes may stand right before the three that end a long text.
  while (end.length === 3 && text[cursor.at] === quote) cursor.at += 1
}

function skip(cursor: Cursor, pattern: RegExp): void {
  pattern.lastIndex = cursor.at
  cursor.at += pattern.exec(cursor.text)?.[0].length ?? 0
}

/** A part of a text: where it starts, and where it has ended. */
interface Span {
  readonly start: number
  readonly end: number
}

/** A key of a TOML document, or an element of a list: where it and its value are, and what is in it. */
export interface KeyNode extends Span {
  /** Missing for what a header or a dotted key implies. */
  value?: Span
  readonly keys: Map<string, KeyNode>
  readonly elements: KeyNode[]
}

function keyNode({ start, end }: Span): KeyNode {
  return { start, end, keys: new Map(), elements: [] }
}

/** The child of that name, which is made if it is not there. */
function childOf(parent: KeyNode, key: Key): KeyNode {
  const known = parent.keys.get(key.name)
  if (known) return known
  const child = keyNode(key)
  parent.keys.set(key.name, child)
  return child
}

interface Key extends Span {
  readonly name: string
}

/** The parts of a key, dotted or not, and goes on behind it. */
function readKeys(cursor: Cursor): readonly Key[] {
  const keys: Key[] = []
  for (;;) {
    skipBlank(cursor)
    const start = cursor.at
    const name = readName(cursor)
    keys.push({ name, start, end: cursor.at })
    skipBlank(cursor)
    if (cursor.text[cursor.at] !== '.') return keys
    cursor.at += 1
  }
}

function readName(cursor: Cursor): string {
  const { text, at } = cursor
  if (text[at] === '"' || text[at] === "'") {
    skipString(cursor)
    const raw = text.slice(at, cursor.at)
    return raw.startsWith('"') && raw.includes('\\') ? unescaped(raw) : raw.slice(1, -1)
  }
  while (/[\w-]/.test(text.charAt(cursor.at))) cursor.at += 1
  return text.slice(at, cursor.at)
}

function unescaped(raw: string): string {
  return Object.keys(parse(`${raw}=0`)).join('')
}

/** Where every key of a document stands; `text` is TOML, which the parser has found before. */
export function keyTree(text: string): KeyNode {
  const cursor = { text, at: 0 }
  const root = keyNode({ start: 0, end: 0 })
  let table = root
  for (;;) {
    skipVoid(cursor)
    if (cursor.at >= text.length) return root
    if (text[cursor.at] === '[') table = readHeader(cursor, root)
    else readPair(cursor, table)
  }
}

/** The table that `[a.b]` or `[[a.b]]` begins. */
function readHeader(cursor: Cursor, root: KeyNode): KeyNode {
  const brackets = cursor.text.startsWith('[[', cursor.at) ? 2 : 1
  cursor.at += brackets
  const keys = readKeys(cursor)
  cursor.at += brackets
  const named = keys.reduce((table, key) => childOf(lastOf(table), key), root)
  if (brackets === 2) named.elements.push(keyNode(keys.at(-1) ?? named))
  return lastOf(named)
}

/** Of a list of tables it is the last one that a header goes into. */
function lastOf(table: KeyNode): KeyNode {
  return table.elements.at(-1) ?? table
}

function readPair(cursor: Cursor, table: KeyNode): void {
  const key = readKeys(cursor).reduce(childOf, table)
  cursor.at += 1 // =
  skipBlank(cursor)
  readValue(cursor, key)
}

function readValue(cursor: Cursor, key: KeyNode): void {
  const start = cursor.at
  const first = cursor.text[cursor.at]
  if (first === '"' || first === "'") skipString(cursor)
  else if (first === '[') readItems(cursor, ']', () => readValue(cursor, elementOf(key, cursor.at)))
  else if (first === '{') readItems(cursor, '}', () => readPair(cursor, key))
  else skipBare(cursor)
  key.value = { start, end: cursor.at }
}

function elementOf(list: KeyNode, start: number): KeyNode {
  const element = keyNode({ start, end: start })
  list.elements.push(element)
  return element
}

/** Reads what stands between brackets, commas apart. */
function readItems(cursor: Cursor, end: string, readItem: () => void): void {
  cursor.at += 1
  for (;;) {
    skipVoid(cursor)
    if (cursor.text[cursor.at] === ',') cursor.at += 1
    else if (cursor.text[cursor.at] === end || cursor.at >= cursor.text.length) break
    else readItem()
  }
  cursor.at += 1
}
