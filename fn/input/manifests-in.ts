import { documentsIn, withFinalNewline } from '../yaml/documents-in.ts'
import { linesAtEnd, listText, trailingLines, withoutDash } from '../yaml/list-text.ts'
import type { ReadError } from '../yaml/parse-nodes.ts'
import { readYaml } from '../yaml/read-yaml.ts'
import { hasKind, type Item, isMapping } from './item.ts'
import { documentItem } from './item-of-text.ts'
import { isOurs } from './ours.ts'
import type { Place, SourceText } from './place.ts'

/** The names of a file that kustomize takes for a kustomization. */
export const KUSTOMIZATION = /^(?:kustomization\.ya?ml|Kustomization)$/
const MAY_HAVE_ALIAS = /(?<=^|[\s,[{:])\*[^\s,[\]{}*]/

/** The manifests in the text of a file or of standard input; what cannot be taken is an item with an `error`. */
export function manifestsIn(source: SourceText): readonly Item[] {
  const { path } = source
  const isKustomization = path !== undefined && KUSTOMIZATION.test(path.slice(path.lastIndexOf('/') + 1))
  return documentsIn(source.text).flatMap(({ start, end, error }, index) => {
    const document = source.text.slice(start, end)
    const from = { ...(path !== undefined && { origin: { path, index } }), place: { source, start, end, within: [] } }
    if (error) return [{ text: document, ...from, error }]
    const text = withFinalNewline(document)
    return isKustomization ? [kustomizationItem(text, from)] : itemsOf(text, from)
  })
}

type From = Pick<Item, 'origin'> & { readonly place: Place }

/** A kustomization, which may leave out what every other object has: kustomize fills it in by the file's name. */
function kustomizationItem(text: string, from: From): Item {
  const read = readYaml(text)
  if ('error' in read) return { text, ...from, error: read.error }
  const value = isMapping(read.value) ? read.value : {}
  const metadata = isMapping(value.metadata) ? value.metadata : {}
  const object = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', ...value, metadata }
  return { text, ...from, object }
}

/** The object of a document, or those in its List, and in Lists in that. */
function itemsOf(text: string, from: From): readonly Item[] {
  const item = documentItem(text, from)
  if (!isList(item)) return [item]
  const texts = documentsInList(item)
  if ('error' in texts) return [{ ...item, error: texts.error }]
  const { place } = from
  return texts.flatMap((one, at) => {
    const items = itemsOf(one, { ...from, place: { ...place, within: [...place.within, 'items', at] } })
    return items.map((own) => ({ ...own, ...sharedAlias(own) }))
  })
}

/** An error where an item of a list has an alias of what another item says: both become documents of their own. */
function sharedAlias({ text, error }: Item): Pick<Item, 'error'> {
  const read = !error && MAY_HAVE_ALIAS.test(text) ? readYaml(text) : undefined
  return read && 'error' in read ? { error: read.error } : {}
}

/** Whether an item is a list of objects: a List, a ResourceList or the list of a kind, not an object with a list of its own. */
function isList({ object, error }: Item): boolean {
  if (!object || error || !object.kind.endsWith('List')) return false
  const { items } = object
  if (object.kind === 'List' || object.kind === 'ResourceList' || isOurs(object)) return true
  return Array.isArray(items) && items.some(hasKind)
}

/** The items of a list as texts of documents, cut out of its text, each with the comments that lead it; or why they cannot be. */
function documentsInList({ text, object }: Item): readonly string[] | { readonly error: ReadError } {
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
