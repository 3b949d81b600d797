import type { Document } from 'yaml'
import type { Item } from '../item.ts'
import { itemNumbers } from '../item-numbers.ts'
import type { Result } from '../results.ts'
import { parseNodes } from '../yaml/parse-nodes.ts'
import { type FieldAt, fieldAt } from './field-at.ts'
import type { Place } from './place.ts'

/** What a result is about, in the text that was read. */
export interface Located {
  readonly item: Item
  /** The number of the item in the input. */
  readonly at: number
  readonly place: Place
  /** Missing where the text is nested too deeply. */
  readonly document?: Document.Parsed
  /** Missing where the result is about the object as a whole. */
  readonly field?: FieldAt
}

/**
 * Finds what results are about among the items that they were made from; undefined for what has no place among them, as a template
 * in the configuration. Each document that has a result is parsed once.
 */
export function locator(items: readonly Item[]): (result: Result) => Located | undefined {
  const numbersOf = itemNumbers(items)
  const documents = new Map<string, Document.Parsed | undefined>()
  return (result) => {
    const candidates = numbersOf(result)
    const at = candidates.find((one) => items[one]?.error === result.message) ?? candidates.at(-1)
    const item = at === undefined ? undefined : items[at]
    if (at === undefined || !item?.place) return undefined
    const { place } = item
    const id = `${place.source.path ?? ''}\n${place.start}`
    if (!documents.has(id)) documents.set(id, parseNodes(place.source.text.slice(place.start, place.end)))
    const document = documents.get(id)
    if (!document) return { item, at, place }
    const field = result.field && fieldAt(document, place.within, result.field.path)
    return { item, at, place, document, ...(field && { field }) }
  }
}
