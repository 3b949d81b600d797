import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { documentItem, type Item, isMapping } from './item.ts'
import { emit } from './yaml/emit.ts'
import { readYaml } from './yaml/read-yaml.ts'

/** Manifests that were read, or why not. `errors` are lines for people. */
export interface Manifests {
  readonly items: readonly Item[]
  readonly errors: readonly string[]
}

const MANIFEST = /\.(?:ya?ml|json)$/
const KUSTOMIZATION = /^(?:kustomization\.ya?ml|Kustomization)$/
/** YAML forbids a line that starts with these inside of a document, so that cutting at them is exact. */
const SEPARATOR = /^(?:---(?=[ \t\r\n]|$)[ \t]*(?:#.*)?(?:\r?\n|$)?|\.\.\.[ \t]*(?:\r?\n|$))/m
const HAS_CONTENT = /^[ \t]*[^\s#]/m

/** The manifests of files and folders, in the order of `paths` and then of file names; `-` is standard input, read by `stdin`. */
export function readManifests(paths: readonly string[], stdin: () => string): Manifests {
  const items: Item[] = []
  const errors: string[] = []
  for (const path of paths) {
    try {
      for (const file of path === '-' ? ['-'] : filesIn(path)) {
        const text = file === '-' ? stdin() : decoded(readFileSync(file))
        collect(text, file === '-' ? undefined : file, items, errors)
      }
    } catch (error) {
      errors.push(`${path}: ${reasonOf(error)}`)
    }
  }
  return { items, errors }
}

/** The manifests below a folder, and a file itself; hidden folders and links to folders are left out, as kpt does. */
function filesIn(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path]
  const entries = readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  return entries.flatMap((entry) => {
    if (entry.name.startsWith('.')) return []
    if (entry.isDirectory()) return filesIn(join(path, entry.name))
    return MANIFEST.test(entry.name) || KUSTOMIZATION.test(entry.name) ? [join(path, entry.name)] : []
  })
}

/** Text of UTF-8 bytes, which a manifest must be (YAML 1.2, 5.2; KRM functions specification). */
export function decoded(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return 'must be a file or folder, but is not there'
  if (code === 'EACCES') return 'must be readable, but permission is denied'
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return 'must be UTF-8 text'
  return message
}

function collect(text: string, file: string | undefined, items: Item[], errors: string[]): void {
  const documents = text
    .replace(/^\ufeff/, '')
    .split(new RegExp(SEPARATOR, 'gm'))
    .filter((one) => HAS_CONTENT.test(one))
  documents.forEach((document, index) => {
    const origin = file === undefined ? undefined : { path: file, index }
    const where = file ?? 'standard input'
    for (const one of flattened(document)) {
      if ('error' in one) errors.push(`${where}: ${one.error}`)
      else items.push(documentItem(one.text, origin))
    }
  })
}

/** The documents in a `List` or `ResourceList`, or the document itself. */
function flattened(document: string): ({ readonly text: string } | { readonly error: string })[] {
  const hasKind = /^(?:apiVersion|kind):/m.test(document)
  if (hasKind && !/^kind: *["']?\w*List\b/m.test(document)) return [{ text: document }]
  const read = readYaml(document)
  if ('error' in read) return [{ error: read.error }]
  const { value } = read
  if (!isMapping(value) || typeof value.apiVersion !== 'string' || typeof value.kind !== 'string') {
    return [
      {
        error:
          'must hold Kubernetes objects only, but one has no `apiVersion` and `kind`; leave the file out or move it away',
      },
    ]
  }
  const isList = value.kind.endsWith('List') && Array.isArray(value.items)
  return isList ? (value.items as unknown[]).map((item) => ({ text: emit(item as object, 0) })) : [{ text: document }]
}
