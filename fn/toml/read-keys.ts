import { parse } from 'smol-toml'
import { type Cursor, skipBlank, skipString } from './cursor.ts'
import type { Span } from './key-node.ts'

export interface Key extends Span {
  readonly name: string
}

/** The parts of a key, dotted or not, and goes on behind it. */
export function readKeys(cursor: Cursor): readonly Key[] {
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
