import { atMost } from './at-most.ts'
import { documentItem, type Item, isMapping } from './item.ts'
import type { Place, SourceText } from './positions/place.ts'
import { KUSTOMIZATION } from './read-files.ts'
import { shownText } from './shown.ts'
import { emit } from './yaml/emit.ts'
import { readYaml } from './yaml/read-yaml.ts'

/** Manifests that were read, or why not. `errors` are lines for people. */
export interface Manifests {
  readonly items: readonly Item[]
  readonly errors: readonly ReadError[]
}

/** Why something could not be read; `path` is missing for standard input. */
export interface ReadError {
  readonly path: string | undefined
  readonly message: string
}

/** YAML forbids a line that starts with these inside of a document, so that cutting at them is exact. */
const SEPARATOR = /(?<=^|\n)(?:---(?=[ \t\r\n]|$)[ \t]*(?:#.*)?(?:\r?\n|$)?|\.\.\.[ \t]*(?:\r?\n|$))/g
const HAS_CONTENT = /^[ \t]*[^\s#]/m

/** Nobody reads more of them about one file. */
const ERRORS_MAX = 100

/** The manifests in the text of a file or of standard input. */
export function manifestsIn(source: SourceText): Manifests {
  const read = documentsIn(source).flatMap((place, index) => itemsAt(place, index))
  const messages = [...new Set(read.flatMap((one) => ('text' in one ? [] : [shownText(one.error)])))]
  const told = atMost(messages, ERRORS_MAX, (text) => text)
  return {
    items: read.filter((one) => 'text' in one),
    errors: told.map((message) => ({ path: source.path, message })),
  }
}

function documentsIn(source: SourceText): readonly Place[] {
  const { text } = source
  const places: Place[] = []
  let start = 0
  const add = (end: number) => {
    if (HAS_CONTENT.test(text.slice(start, end))) places.push({ source, start, end, within: [] })
  }
  for (const separator of text.matchAll(SEPARATOR)) {
    add(separator.index)
    start = separator.index + separator[0].length
  }
  add(text.length)
  return places
}

function itemsAt(place: Place, index: number): readonly (Item | { readonly error: string })[] {
  const { path, text } = place.source
  const document = text.slice(place.start, place.end)
  const origin = path === undefined ? undefined : { path, index }
  if (path !== undefined && KUSTOMIZATION.test(path.slice(path.lastIndexOf('/') + 1)))
    return [kustomizationItem(document, { path, index }, place)]
  return flattened(document).map((one) => {
    if ('error' in one) return one
    return documentItem(one.text, origin, one.within ? { ...place, within: one.within } : place)
  })
}

/** A kustomization, which may leave out what every other object has: kustomize fills it in by the file's name. */
function kustomizationItem(text: string, origin: NonNullable<Item['origin']>, place: Place): Item {
  const read = readYaml(text)
  if ('error' in read) return { text, origin, place, error: read.error }
  const value = isMapping(read.value) ? read.value : {}
  const metadata = isMapping(value.metadata) ? value.metadata : {}
  const object = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', ...value, metadata }
  return { text, origin, place, object }
}

type Flattened = { readonly text: string; readonly within?: Place['within'] } | { readonly error: string }

/** The documents in a `List` or `ResourceList`, or the document itself. */
function flattened(document: string): readonly Flattened[] {
  const hasKind = /^(?:apiVersion|kind):/m.test(document)
  if (hasKind && !/^kind: *["']?\w*List\b/m.test(document)) return [{ text: document }]
  const read = readYaml(document)
  if ('error' in read) return [{ error: read.error }]
  const { value } = read
  if (!hasKindIn(value)) return [NO_OBJECT]
  if (!(value.kind.endsWith('List') && Array.isArray(value.items))) return [{ text: document }]
  return value.items.map((item, at) => (hasKindIn(item) ? { text: emit(item, 0), within: ['items', at] } : NO_OBJECT))
}

const NO_OBJECT = {
  error:
    'must hold Kubernetes objects only, but one has no `apiVersion` and `kind`; leave the file out or move it away',
}

function hasKindIn(value: unknown): value is Readonly<Record<string, unknown>> & { readonly kind: string } {
  return isMapping(value) && typeof value.apiVersion === 'string' && typeof value.kind === 'string'
}
