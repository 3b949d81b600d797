import type { ReadError } from '../yaml/parse-nodes.ts'
import type { Item } from './item.ts'

/** What is said of standard input, a file or a folder in which there is nothing. */
export const NOTHING: ReadError = { message: 'must contain manifests, but has none' }

/** Whether there is no text of an item, unlike of one whose text is no object. */
export function isUnread({ error, place }: Item): boolean {
  return error !== undefined && !place?.source.text
}

/** An input of which no object can be taken. */
export function unread(path: string | undefined, error: ReadError, text = ''): Item {
  const place = { source: { path, text }, start: 0, end: text.length, within: [] }
  return { text: '', error, place, ...(path !== undefined && { origin: { path, index: 0 } }) }
}
