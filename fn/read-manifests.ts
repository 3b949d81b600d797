import { basename } from 'node:path'
import { decoded } from './decoded.ts'
import { documentItem, type Item, isMapping } from './item.ts'
import type { Origin } from './orchestrator-annotations.ts'
import { KUSTOMIZATION, readFiles } from './read-files.ts'
import { emit } from './yaml/emit.ts'
import { readYaml } from './yaml/read-yaml.ts'

/** Manifests that were read, or why not. `errors` are lines for people. */
export interface Manifests {
  readonly items: readonly Item[]
  readonly errors: readonly string[]
}

/** YAML forbids a line that starts with these inside of a document, so that cutting at them is exact. */
const SEPARATOR = /(?<=^|\n)(?:---(?=[ \t\r\n]|$)[ \t]*(?:#.*)?(?:\r?\n|$)?|\.\.\.[ \t]*(?:\r?\n|$))/g
const HAS_CONTENT = /^[ \t]*[^\s#]/m

/** The manifests of files and folders, in the order of `paths` and then of file names; `-` stands for `stdin`. */
export function readManifests(paths: readonly string[], stdin: Uint8Array): Manifests {
  return merged(paths.map((path) => notEmpty(path, path === '-' ? manifestsIn(stdin, undefined) : manifestsAt(path))))
}

function manifestsAt(path: string): Manifests {
  const read: Manifests[] = []
  for (const file of readFiles(path)) {
    read.push('error' in file ? { items: [], errors: [file.error] } : manifestsIn(file.bytes, file.path))
  }
  return merged(read)
}

function merged(read: readonly Manifests[]): Manifests {
  return { items: read.flatMap(({ items }) => items), errors: read.flatMap(({ errors }) => errors) }
}

/** Nothing at all is what a program before us in a pipe leaves when it fails; an engine would take it for a wish to delete everything. */
function notEmpty(path: string, manifests: Manifests): Manifests {
  if (manifests.items.length > 0 || manifests.errors.length > 0) return manifests
  return { items: [], errors: [`${path === '-' ? 'standard input' : path}: must hold manifests, but has none`] }
}

/** The manifests in one file, or in standard input where `file` is undefined. */
function manifestsIn(bytes: Uint8Array, file: string | undefined): Manifests {
  const where = file ?? 'standard input'
  const input = decoded(bytes)
  if ('error' in input) return { items: [], errors: [`${where}: ${input.error}`] }
  const documents = input.text.replace(/^\ufeff/, '').split(SEPARATOR)
  const read = documents
    .filter((document) => HAS_CONTENT.test(document))
    .flatMap((document, index) => {
      const origin = file === undefined ? undefined : { path: file, index }
      if (origin && KUSTOMIZATION.test(basename(origin.path))) return [kustomizationItem(document, origin)]
      return flattened(document).map((one) => ('error' in one ? one : documentItem(one.text, origin)))
    })
  return {
    items: read.filter((one) => 'text' in one),
    errors: read.flatMap((one) => ('text' in one ? [] : [`${where}: ${one.error}`])),
  }
}

/** A kustomization, which may leave out what every other object has: kustomize fills it in by the file's name. */
function kustomizationItem(text: string, origin: Origin): ReturnType<typeof documentItem> {
  const read = readYaml(text)
  if ('error' in read) return { text, origin, error: read.error }
  const value = isMapping(read.value) ? read.value : {}
  const metadata = isMapping(value.metadata) ? value.metadata : {}
  return {
    text,
    origin,
    object: { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', ...value, metadata },
  }
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
