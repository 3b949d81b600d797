import { parse } from 'smol-toml'
import { type Cursor, skipBlank, skipString } from './cursor.ts'

export interface Key {
  readonly name: string
  readonly offset: number
}

/** The parts of a key, dotted or not, and goes on behind it. */
export function readKeys(cursor: Cursor): readonly Key[] {
  const keys: Key[] = []
  for (;;) {
    skipBlank(cursor)
    const offset = cursor.at
    keys.push({ name: readName(cursor), offset })
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
