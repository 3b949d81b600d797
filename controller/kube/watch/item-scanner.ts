import { GarbledError } from './parse-json.ts'

/** A part of a chunk: of an item, or of what is beside the items. */
export interface Section {
  readonly bytes: Buffer
  readonly of: 'item' | 'list'
  /** Whether an item ends with it. */
  readonly isLast: boolean
}

/** How far the text of a list has been read. */
interface Place {
  /** How many objects and arrays are open. */
  depth: number
  isInString: boolean
  /** Whether the last byte was a backslash that counts. */
  isEscaped: boolean
  isInItems: boolean
  /** The beginning of the last string of the list itself: where an array begins it is that array's key. */
  key: string
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN_OBJECT = 0x7b
const OPEN_ARRAY = 0x5b
const CLOSE_OBJECT = 0x7d
const CLOSE_ARRAY = 0x5d

const KEY = 'items'
/** Of the places between two items: `{"items":[` */
const ITEMS_DEPTH = 2

/**
 * Cuts the bytes of a JSON object at the objects in its array `items`, wherever a chunk ends. It only counts brackets: what it cuts
 * is to be parsed, and so is what it leaves.
 */
export function createItemScanner(): (chunk: Buffer) => readonly Section[] {
  const place: Place = { depth: 0, isInString: false, isEscaped: false, isInItems: false, key: '' }
  return (chunk) => sectionsOf(chunk, place)
}

function sectionsOf(chunk: Buffer, place: Place): readonly Section[] {
  const sections: Section[] = []
  let start = 0
  const cut = (end: number, of: Section['of'], isLast = false) => {
    if (end > start) sections.push({ bytes: chunk.subarray(start, end), of, isLast })
    start = end
  }
  for (let at = 0; at < chunk.length; at++) {
    if (place.isInString) at = readString(place, chunk, at)
    else {
      const edge = readOutside(place, chunk[at])
      if (edge === 'begin') cut(at, 'list')
      if (edge === 'end') cut(at + 1, 'item', true)
    }
  }
  cut(chunk.length, place.isInItems && place.depth > ITEMS_DEPTH ? 'item' : 'list')
  return sections
}

/** Reads on to the end of a string or of the chunk, and returns where that is. */
function readString(place: Place, chunk: Buffer, from: number): number {
  let at = place.isEscaped ? from + 1 : from
  for (; at < chunk.length && chunk[at] !== QUOTE; at++) if (chunk[at] === BACKSLASH) at += 1
  const end = Math.min(at, chunk.length)
  place.isInString = at >= chunk.length
  place.isEscaped = at > chunk.length
  if (place.depth === 1) place.key += chunk.toString('latin1', from, Math.min(end, from + KEY.length + 1))
  return end
}

/** Reads a byte outside of strings; tells where an item begins or ends with it. */
function readOutside(place: Place, byte: number | undefined): 'begin' | 'end' | undefined {
  switch (byte) {
    case QUOTE:
      place.isInString = true
      if (place.depth === 1) place.key = ''
      return undefined
    case OPEN_OBJECT:
      place.depth += 1
      return place.isInItems && place.depth === ITEMS_DEPTH + 1 ? 'begin' : undefined
    case OPEN_ARRAY:
      place.depth += 1
      if (place.depth === ITEMS_DEPTH) place.isInItems = place.key === KEY
      return undefined
    case CLOSE_OBJECT:
      place.depth -= 1
      return place.isInItems && place.depth === ITEMS_DEPTH ? 'end' : undefined
    case CLOSE_ARRAY:
      place.depth -= 1
      if (place.depth < ITEMS_DEPTH) place.isInItems = false
      return undefined
    default:
      return undefined
  }
}

/** Bytes that come in pieces and become a text as a whole: a piece may end within a character. */
export interface TextBytes {
  /** Throws a GarbledError where there are too many. */
  readonly add: (piece: Buffer) => void
  /** The text of all since the last time. */
  readonly take: () => string
  readonly isEmpty: () => boolean
}

/**
 * An API server keeps no object over 2 MiB: its requests to etcd are no longer. As JSON a byte may be six: `<` is sent as `\u003c`.
 * What has no end must not fill the memory.
 */
const BYTES_MAX = 16 * 1024 * 1024

/** `what` is for messages: `a line of a watch`. */
export function createTextBytes(what: string): TextBytes {
  let pieces: Buffer[] = []
  let bytes = 0
  return {
    add: (piece) => {
      if (piece.length === 0) return
      pieces.push(piece)
      bytes += piece.length
      if (bytes > BYTES_MAX) throw new GarbledError(`${what} must have at most ${BYTES_MAX} bytes, got more`)
    },
    take: () => {
      const text = (pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces)).toString()
      pieces = []
      bytes = 0
      return text
    },
    isEmpty: () => bytes === 0,
  }
}
