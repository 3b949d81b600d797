import { resolve } from 'node:path'
import { decoded } from './decoded.ts'
import { type Manifests, manifestsIn } from './manifests-in.ts'
import { readFiles } from './read-files.ts'

/** The manifests of files and folders, each file once, in the order of `paths` and then of file names; `-` stands for `stdin`. */
export function readManifests(paths: readonly string[], stdin: Uint8Array): Manifests {
  const seen = new Set<string>()
  const read = paths.map((path) => notEmpty(path, path === '-' ? manifestsOf(stdin, undefined) : manifestsAt(path)))
  return merged(paths.length > 1 ? read.map((one) => unseen(one, seen)) : read)
}

/** Without what is in files that an earlier path has led to, as a folder leads to the files in it. */
function unseen({ items, errors }: Manifests, seen: Set<string>): Manifests {
  const isNew = (path: string | undefined) => path === undefined || !seen.has(resolve(path))
  const left = {
    items: items.filter(({ origin }) => isNew(origin?.path)),
    errors: errors.filter(({ path }) => isNew(path)),
  }
  const paths = [...items.map(({ origin }) => origin?.path), ...errors.map(({ path }) => path)]
  for (const path of paths) if (path !== undefined) seen.add(resolve(path))
  return left
}

function manifestsAt(path: string): Manifests {
  const read: Manifests[] = []
  for (const file of readFiles(path)) {
    read.push('error' in file ? { items: [], errors: [file.error] } : manifestsOf(file.bytes, file.path))
  }
  return merged(read)
}

function merged(read: readonly Manifests[]): Manifests {
  return { items: read.flatMap(({ items }) => items), errors: read.flatMap(({ errors }) => errors) }
}

/** Nothing at all is what a program before us in a pipe leaves when it fails; an engine would take it for a wish to delete everything. */
function notEmpty(path: string, manifests: Manifests): Manifests {
  if (manifests.items.length > 0 || manifests.errors.length > 0) return manifests
  const message = 'must hold manifests, but has none'
  return { items: [], errors: [{ path: path === '-' ? undefined : path, message }] }
}

function manifestsOf(bytes: Uint8Array, path: string | undefined): Manifests {
  const input = decoded(bytes)
  if ('error' in input) return { items: [], errors: [{ path, message: input.error }] }
  const [mark = ''] = /^\ufeff/.exec(input.text) ?? []
  return manifestsIn({ path, text: input.text.slice(mark.length), ...(mark && { mark }) })
}
