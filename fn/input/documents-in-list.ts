import { listText } from '../yaml/list-text.ts'
import type { ReadError } from '../yaml/read-error.ts'
import { withoutDash } from '../yaml/without-dash.ts'
import { hasKind, type Item } from './item.ts'
import { isOurs } from './ours.ts'
import { linesAtEnd, trailingLines } from './trailing-lines.ts'

/** Whether an item is a list of objects: a List, a ResourceList or the list of a kind, not an object with a list of its own. */
export function isList({ object, error }: Item): boolean {
  if (!object || error || !object.kind.endsWith('List')) return false
  const { items } = object
  if (object.kind === 'List' || object.kind === 'ResourceList' || isOurs(object)) return true
  return Array.isArray(items) && items.some(hasKind)
}

/** The items of a list as texts of documents, cut out of its text, each with the comments that lead it; or why they cannot be. */
export function documentsInList({ text, object }: Item): readonly string[] | { readonly error: ReadError } {
  const wanted = object?.items ?? []
  if (!Array.isArray(wanted)) return { error: { path: ['items'], message: 'must be a list of objects' } }
  const list = listText(text)
  if ('error' in list) return list
  const { head = '', items: texts = [] } = list.cut ?? {}
  if (texts.length !== wanted.length)
    return {
      error: { path: ['items'], message: 'must be a list that can be split; write each object as a separate document' },
    }
  const ends = [linesAtEnd(head, /^[ \t]*(?:#.*)?\r?$/), ...texts.map(trailingLines)].map(fromComment)
  return texts.map((item, at) => {
    const lead = (ends[at] as string).replace(/^ +/gm, '')
    return `${lead}${withoutDash(item.slice(0, item.length - (ends[at + 1] as string).length))}`
  })
}

/** The comments behind an item lead the next one. Blank lines before them may belong to the text that ends there. */
function fromComment(lines: string): string {
  return /^ *#[\s\S]*/m.exec(lines)?.[0] ?? ''
}
