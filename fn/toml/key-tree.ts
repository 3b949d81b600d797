import { type Cursor, skipBare, skipBlank, skipString, skipVoid } from './cursor.ts'
import { childOf, type KeyNode, keyNode } from './key-node.ts'
import { readKeys } from './read-keys.ts'

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
