import { GarbledError } from './garbled-error.ts'

/** One line of a watch (`metav1.WatchEvent`). */
export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR'
  readonly object: object
}

export interface EventReader {
  /** The events that these bytes complete. Throws a GarbledError where a line is no event: without it the rest means nothing. */
  readonly read: (chunk: Buffer) => Generator<WatchEvent, void>
  /** Whether the bytes so far end within a line. */
  readonly isWithinLine: () => boolean
}

const NEWLINE = 0x0a
/** etcd takes no object over 1.5 MiB by default; a line that never ends must not fill the memory. */
const LINE_BYTES_MAX = 8 * 1024 * 1024
const TYPES = ['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK', 'ERROR']
const SHOWN_LENGTH = 100

/** Cuts the bytes of a watch at their newlines, and only whole lines become text: a chunk may end within a character. */
export function createEventReader(): EventReader {
  let pieces: Buffer[] = []
  let bytes = 0

  function keep(piece: Buffer): void {
    if (piece.length === 0) return
    pieces.push(piece)
    bytes += piece.length
    if (bytes > LINE_BYTES_MAX)
      throw new GarbledError(`must be lines of at most ${LINE_BYTES_MAX} bytes, got a longer one`)
  }

  function takeLine(): string {
    const line = Buffer.concat(pieces).toString('utf8')
    pieces = []
    bytes = 0
    return line
  }

  return {
    read: function* (chunk) {
      let start = 0
      for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
        keep(chunk.subarray(start, end))
        start = end + 1
        yield parseEvent(takeLine())
      }
      keep(chunk.subarray(start))
    },
    isWithinLine: () => bytes > 0,
  }
}

function parseEvent(line: string): WatchEvent {
  const event = parseJson(line) as Partial<WatchEvent> | null
  if (!TYPES.includes(event?.type ?? ''))
    throw new GarbledError(`\`type\` of an event must be one of ${TYPES.join(', ')}, got ${shown(line)}`)
  if (typeof event?.object !== 'object' || event.object === null)
    throw new GarbledError(`\`object\` of an event must be an object, got ${shown(line)}`)
  return event as WatchEvent
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch (cause) {
    throw new GarbledError(`a line of a watch must be JSON, got ${shown(line)}`, { cause })
  }
}

function shown(line: string): string {
  return JSON.stringify(line.length > SHOWN_LENGTH ? `${line.slice(0, SHOWN_LENGTH)}…` : line)
}
