import { GarbledError } from './garbled-error.ts'
import { parseJson } from './parse-json.ts'
import { quoted } from './quoted.ts'
import { createTextBytes } from './text-bytes.ts'

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
const TYPES = ['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK', 'ERROR']

/** Cuts the bytes of a watch at their newlines, and only whole lines become text: a chunk may end within a character. */
export function createEventReader(): EventReader {
  const text = createTextBytes('a line of a watch')
  return {
    read: function* (chunk) {
      let start = 0
      for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
        text.add(chunk.subarray(start, end))
        start = end + 1
        yield parseEvent(text.take())
      }
      text.add(chunk.subarray(start))
    },
    isWithinLine: () => !text.isEmpty(),
  }
}

function parseEvent(line: string): WatchEvent {
  const event = parseJson(line, 'a line of a watch') as Partial<WatchEvent> | null
  if (!TYPES.includes(event?.type ?? ''))
    throw new GarbledError(`\`type\` of an event must be one of ${TYPES.join(', ')}, got ${quoted(line)}`)
  if (typeof event?.object !== 'object' || event.object === null)
    throw new GarbledError(`\`object\` of an event must be an object, got ${quoted(line)}`)
  return event as WatchEvent
}
