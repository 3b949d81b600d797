import { StreamError } from './verdict.ts'

/** One line of a watch (`metav1.WatchEvent`). */
export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR'
  readonly object: unknown
}

const NEWLINE = 0x0a
/** etcd takes no object over 1.5 MiB by default; a line that never ends must not fill the memory. */
const LINE_LENGTH_MAX = 8 * 1024 * 1024
const TYPES = ['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK', 'ERROR']

/** The events in the bytes of a watch. Throws a StreamError where a line is no event: skipping it would lose what it said. */
export async function* watchEvents(bytes: AsyncIterable<Buffer>): AsyncGenerator<WatchEvent, void> {
  let rest: Buffer[] = []
  let restLength = 0
  for await (const chunk of bytes) {
    let start = 0
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      yield eventIn(Buffer.concat([...rest, chunk.subarray(start, end)]))
      rest = []
      restLength = 0
      start = end + 1
    }
    rest.push(chunk.subarray(start))
    restLength += chunk.length - start
    if (restLength > LINE_LENGTH_MAX) throw new StreamError(`a line of more than ${LINE_LENGTH_MAX} bytes`)
  }
  // The end of the connection in the middle of a line: what was lost comes again from the last resourceVersion.
}

function eventIn(line: Buffer): WatchEvent {
  const text = line.toString('utf8')
  try {
    const event = JSON.parse(text) as WatchEvent
    if (TYPES.includes(event?.type) && typeof event.object === 'object') return event
  } catch (error) {
    throw new StreamError(`a line that is no JSON: ${text.slice(0, 100)}`, { cause: error })
  }
  throw new StreamError(`a line that is no event: ${text.slice(0, 100)}`)
}
