import type { Document } from 'yaml'
import type { Item } from '../input/item.ts'
import type { Finding } from '../results/finding.ts'
import { type FieldAt, fieldAt } from '../yaml/field-at.ts'
import { parseNodes } from '../yaml/parse-nodes.ts'
import type { Place } from './place.ts'

/** What a finding is about, in the text that was read. */
export interface Located {
  readonly item: Item
  readonly place: Place
  /** Missing where the text is nested too deeply. */
  readonly document?: Document.Parsed
  /** Missing where the finding is about the object as a whole. */
  readonly field?: FieldAt
}

/** Finds what findings are about in the text that was read; undefined for what is not there, as a template in the configuration. Each document that has a finding is parsed once. */
export function locator(): (finding: Finding) => Located | undefined {
  const documents = new Map<string, Document.Parsed | undefined>()
  return ({ item, path }) => {
    if (!item?.place) return undefined
    const { place } = item
    const id = `${place.source.path ?? ''}\n${place.start}`
    if (!documents.has(id)) documents.set(id, parseNodes(place.source.text.slice(place.start, place.end)))
    const document = documents.get(id)
    if (!document) return { item, place }
    return { item, place, document, ...(path.length > 0 && { field: fieldAt(document, place.within, path) }) }
  }
}
