import { type Dirent, existsSync, readdirSync, readFileSync, realpathSync, type Stats, statSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import type { ReadError } from '../yaml/parse-nodes.ts'
import type { Item } from './item.ts'
import { KUSTOMIZATION, manifestsIn } from './manifests-in.ts'
import { filesOfRevision } from './read-git-tree.ts'
import { NOTHING, unread } from './unread.ts'

/** A file's bytes, or why there are none. */
type FileRead = { readonly path: string } & ({ readonly bytes: Uint8Array } | { readonly error: ReadError })

const MANIFEST = /\.(?:ya?ml|json)$/
/** What a shell has opened for us: there is somebody who writes to it. */
const OPENED = /^\/dev\/(?:fd\/\d+|stdin)$/

/** A file, or every manifest below a folder in the order of names; hidden ones and links to folders are left out, as kpt does. */
function* readFiles(path: string): Generator<FileRead> {
  try {
    const stats = statSync(path)
    if (stats.isDirectory()) yield* filesIn(path, realpathSync(path))
    else yield { path, bytes: OPENED.test(path) ? readFileSync(path) : readRegular(path, stats) }
  } catch (error) {
    yield { path, error: { message: reasonOf(error) } }
  }
}

function* filesIn(folder: string, root: string): Generator<FileRead> {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  for (const entry of entries) {
    const path = join(folder, entry.name)
    try {
      if (entry.name.startsWith('.')) continue
      if (entry.isDirectory()) yield* filesIn(path, root)
      else if (isManifest(entry) && !isLinkToFolder(path, entry)) yield { path, bytes: readEntry(path, root, entry) }
    } catch (error) {
      yield { path, error: { message: reasonOf(error) } }
    }
  }
}

/** Pipes, sockets and devices in a folder are not for us. */
function isManifest(entry: Dirent): boolean {
  return (entry.isFile() || entry.isSymbolicLink()) && isManifestName(entry.name)
}

function isLinkToFolder(path: string, entry: Dirent): boolean {
  return entry.isSymbolicLink() && statSync(path).isDirectory()
}

/** A package that others write must not make us read files of this machine. */
function readEntry(path: string, root: string, entry: Dirent): Uint8Array {
  if (!entry.isSymbolicLink()) return readFileSync(path)
  if (realpathSync(path).startsWith(`${root}${root.endsWith(sep) ? '' : sep}`)) return readRegular(path, statSync(path))
  throw new Error(
    'must be a file in the folder, but is a link that leads out of it; copy the file, or pass it as a separate PATH',
  )
}

/** A pipe or a device may never end. */
function readRegular(path: string, stats: Stats): Uint8Array {
  if (stats.isFile()) return readFileSync(path)
  throw new Error('must be a file or folder, but is a pipe, a socket or a device; name it as `-` on standard input')
}

function reasonOf(error: unknown): string {
  const { code, message, syscall } = error as NodeJS.ErrnoException
  switch (code) {
    case 'ENOENT':
      return 'must be a file or folder, but does not exist'
    case 'ELOOP':
      return 'must be a file or folder, but is a link to itself'
    case 'ERR_FS_FILE_TOO_LARGE':
      return 'must be smaller than 512 MiB'
    case 'EACCES':
      return 'must be readable, but permission is denied'
    default:
      return syscall === undefined ? message : `must be readable, but ${message}`
  }
}

/** Whether a file is in a package of kpt: its folder has a Kptfile, or one around it. */
export function isInKptPackage(path: string): boolean {
  const folder = dirname(resolve(path))
  return existsSync(join(folder, 'Kptfile')) || (dirname(folder) !== folder && isInKptPackage(folder))
}

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

/** Without what is in files that an earlier path has led to, as a folder leads to the files in it. */
function unseen(items: readonly Item[], seen: Set<string>): readonly Item[] {
  const left = items.filter(({ origin }) => !origin || !seen.has(resolve(origin.path)))
  for (const { origin } of items) if (origin) seen.add(resolve(origin.path))
  return left
}

/** The manifests of a file or folder as a revision of its Git repository has them; none where the revision has nothing there. */
export function manifestsInRevision(revision: string, path: string): readonly Item[] {
  const files = filesOfRevision({ revision, path, isRead: isManifestName })
  if ('error' in files) return [unread(path, files.error)]
  const root = resolve(path)
  return files
    .filter((file) => !isHidden(relative(root, resolve(file.path))))
    .flatMap((file) => ('error' in file ? [unread(file.path, file.error)] : manifestsOf(file.bytes, file.path)))
}

/** The manifests of a file or folder; none where nothing is there any more. */
export function manifestsLeftAt(path: string): readonly Item[] {
  return existsSync(path) ? manifestsAt(path) : []
}

function isHidden(path: string): boolean {
  return path.split(sep).some((name) => name.startsWith('.'))
}

function isManifestName(name: string): boolean {
  return MANIFEST.test(name) || KUSTOMIZATION.test(name)
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

/** Why bytes are no text, and what they are with another character for what is none. */
interface Undecoded {
  readonly error: ReadError
  readonly text?: string
}

/** The text of UTF-8 bytes, which every manifest must be (YAML 1.2, section 5.2; KRM functions specification), a byte order mark kept. */
export function decoded(bytes: Uint8Array): { readonly text: string } | Undecoded {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) }
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_STRING_TOO_LONG')
      return { error: { message: tooLong(bytes.length) } }
    if (!(error instanceof TypeError)) throw error
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
    return { error: { message: 'must be UTF-8 text, got other bytes', offset: text.indexOf('\ufffd') }, text }
  }
}

function tooLong(length: number): string {
  return `must be smaller than 512 MiB, got ${Math.ceil(length / 2 ** 20)} MiB`
}
