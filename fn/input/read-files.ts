import { type Dirent, readdirSync, readFileSync, realpathSync, type Stats, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import type { ReadError } from '../yaml/read-error.ts'

/** A file's bytes, or why there are none. */
export type FileRead = { readonly path: string } & ({ readonly bytes: Uint8Array } | { readonly error: ReadError })

const MANIFEST = /\.(?:ya?ml|json)$/
export const KUSTOMIZATION = /^(?:kustomization\.ya?ml|Kustomization)$/
/** What a shell has opened for us: there is somebody who writes to it. */
const OPENED = /^\/dev\/(?:fd\/\d+|stdin)$/

/** A file, or every manifest below a folder in the order of names; hidden ones and links to folders are left out, as kpt does. */
export function* readFiles(path: string): Generator<FileRead> {
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
  return (entry.isFile() || entry.isSymbolicLink()) && (MANIFEST.test(entry.name) || KUSTOMIZATION.test(entry.name))
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
