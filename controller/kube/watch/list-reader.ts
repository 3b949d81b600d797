import { createItemScanner, createTextBytes } from './item-scanner.ts'
import { GarbledError, parseJson, quoted } from './parse-json.ts'

/** `metav1.ListMeta`, as far as it is read. */
export interface ListMeta {
  readonly resourceVersion: string
  readonly continue?: string
}

export interface ListReader {
  /** The items that these bytes complete, each of which may be forgotten before the next one. Throws a GarbledError. */
  readonly read: (chunk: Buffer) => Generator<object, void>
  /** What the list says beside its items, once all its bytes are read. Throws a GarbledError where they are not a whole list. */
  readonly end: () => ListMeta
}

interface Envelope {
  readonly metadata?: Partial<ListMeta>
  /** A server of Go may write an empty list as null. */
  readonly items?: readonly unknown[] | null
}

/** In the place of an item that was read: what is left of the list is JSON, and has as many items. */
const READ = Buffer.from('0')

/**
 * Reads a list as it comes: no more of it than one item is in memory at any time. `metadata` may stand on either side of the items.
 * `what` was asked, as `GET /api/v1/pods`.
 */
export function createListReader(what: string): ListReader {
  const scan = createItemScanner()
  const itemName = `${what}: an item`
  const item = createTextBytes(itemName)
  const envelope = createTextBytes(`${what}: a list without its items`)
  let count = 0
  return {
    read: function* (chunk) {
      for (const { bytes, of, isLast } of scan(chunk)) {
        const text = of === 'item' ? item : envelope
        text.add(bytes)
        if (!isLast) continue
        envelope.add(READ)
        count += 1
        yield parseJson(item.take(), itemName) as object
      }
    },
    end: () => {
      const text = envelope.take()
      const { metadata, items } = (parseJson(text, `${what}: a list`) ?? {}) as Envelope
      if (!(metadata?.resourceVersion && (items === null ? 0 : items?.length) === count))
        throw new GarbledError(`${what}: must be a list with items and a resourceVersion, got ${quoted(text)}`)
      return metadata as ListMeta
    },
  }
}
