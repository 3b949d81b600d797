/** Where something stands in a TOML document, both from 1. */
interface Place {
  readonly line: number
  readonly column: number
}

/** A line that names a key: a table's header, or a key with a value in `table`. */
interface KeyLine {
  readonly place: Place
  /** From the document's root. */
  readonly path: readonly string[]
}

const KEY = /[ \t]*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([A-Za-z0-9_-]+))[ \t]*(\.)?/y
/** Opens or closes a string that may go on over lines; in it no line is a key. */
const FENCE = /"""|'''/g

/** Where the keys of a document stand, by `pathId`. */
export type TomlPlaces = ReadonlyMap<string, Place>

/** The places of all keys that have a line of their own; of one that comes again the first. */
export function tomlPlaces(text: string): TomlPlaces {
  const places = new Map<string, Place>()
  for (const { path, place } of keyLines(text)) {
    const id = pathId(path)
    if (!places.has(id)) places.set(id, place)
  }
  return places
}

/** Where the key at `path` stands, or the nearest that holds it: it may be within an inline table. */
export function tomlPlace(places: TomlPlaces, path: readonly string[]): Place | undefined {
  const place = places.get(pathId(path))
  return place || path.length === 1 ? place : tomlPlace(places, path.slice(0, -1))
}

/** Keys count in any case, as for BuildKit. */
function pathId(path: readonly string[]): string {
  return JSON.stringify(path.map((key) => key.toLowerCase()))
}

function keyLines(text: string): readonly KeyLine[] {
  let table: readonly string[] = []
  let fence: string | undefined
  return text.split('\n').flatMap((line, at) => {
    const isInString = fence !== undefined
    const start = line.search(/[^ \t]/)
    if (line[start] === '#' && !isInString) return []
    fence = fenceAfter(line, fence)
    if (start < 0 || isInString) return []
    const place = { line: at + 1, column: start + 1 }
    if (line[start] === '[') {
      table = keysAt(line, start + (line[start + 1] === '[' ? 2 : 1)).keys
      return [{ place, path: table }]
    }
    const { keys, end } = keysAt(line, start)
    return line[end] === '=' ? [{ place, path: [...table, ...keys] }] : []
  })
}

function keysAt(line: string, start: number): { readonly keys: readonly string[]; readonly end: number } {
  const keys: string[] = []
  let end = start
  for (let isDotted = true; isDotted; ) {
    KEY.lastIndex = end
    const match = KEY.exec(line)
    if (!match) break
    keys.push(match[1] ?? match[2] ?? match[3] ?? '')
    end = KEY.lastIndex
    isDotted = match[4] !== undefined
  }
  return { keys, end }
}

function fenceAfter(line: string, before: string | undefined): string | undefined {
  let fence = before
  for (const [mark] of line.matchAll(FENCE)) {
    if (fence === undefined) fence = mark
    else if (fence === mark) fence = undefined
  }
  return fence
}
