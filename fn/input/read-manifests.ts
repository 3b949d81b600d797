import { resolve } from 'node:path'
import type { ReadError } from '../yaml/read-error.ts'
import { decoded } from './decoded.ts'
import type { Item } from './item.ts'
import { manifestsIn } from './manifests-in.ts'
import { readFiles } from './read-files.ts'

/**
 * The manifests of files and folders, each file once, in the order of `paths` and then of file names; `-` stands for `stdin`. What
 * cannot be read is an item with an `error`.
 */
export function readManifests(paths: readonly string[], stdin: Uint8Array): readonly Item[] {
  const seen = new Set<string>()
  return paths.flatMap((path) => {
    const items = path === '-' ? manifestsOf(stdin, undefined) : manifestsAt(path)
    // Nothing at all is what a program before us in a pipe leaves when it fails; an engine would take it for a wish to delete everything.
    const found = items.length > 0 ? items : [unread(path === '-' ? undefined : path, NOTHING)]
    return paths.length > 1 ? unseen(found, seen) : found
  })
}

/** What is said of standard input, a file or a folder in which there is nothing. */
export const NOTHING: ReadError = { message: 'must contain manifests, but has none' }

/** Without what is in files that an earlier path has led to, as a folder leads to the files in it. */
function unseen(items: readonly Item[], seen: Set<string>): readonly Item[] {
  const left = items.filter(({ origin }) => !origin || !seen.has(resolve(origin.path)))
  for (const { origin } of items) if (origin) seen.add(resolve(origin.path))
  return left
}

/** The manifests of one file or folder. */
export function manifestsAt(path: string): readonly Item[] {
  const items: Item[] = []
  for (const file of readFiles(path))
    items.push(...('error' in file ? [unread(file.path, file.error)] : manifestsOf(file.bytes, file.path)))
  return items
}

function manifestsOf(bytes: Uint8Array, path: string | undefined): readonly Item[] {
  const input = decoded(bytes)
  if ('error' in input) return [unread(path, input.error, input.text)]
  const [mark = ''] = /^\ufeff/.exec(input.text) ?? []
  return manifestsIn({ path, text: input.text.slice(mark.length), ...(mark && { mark }) })
}

/** An input of which no object can be taken. */
function unread(path: string | undefined, error: ReadError, text = ''): Item {
  const place = { source: { path, text }, start: 0, end: text.length, within: [] }
  return { text: '', error, place, ...(path !== undefined && { origin: { path, index: 0 } }) }
}
