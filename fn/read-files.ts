import { type Dirent, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'

/** A file's bytes, or why there are none. */
export type FileRead =
  | { readonly path: string; readonly bytes: Uint8Array }
  | { readonly error: { readonly path: string; readonly message: string } }

const MANIFEST = /\.(?:ya?ml|json)$/
export const KUSTOMIZATION = /^(?:kustomization\.ya?ml|Kustomization)$/

/** A file, or every manifest below a folder in the order of names; hidden ones and links to folders are left out, as kpt does. */
export function* readFiles(path: string): Generator<FileRead> {
  try {
    if (statSync(path).isDirectory()) yield* filesIn(path, realpathSync(path))
    else yield { path, bytes: readFileSync(path) }
  } catch (error) {
    yield { error: { path, message: reasonOf(error) } }
  }
}

function* filesIn(folder: string, root: string): Generator<FileRead> {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  for (const entry of entries) {
    const path = join(folder, entry.name)
    try {
      if (entry.name.startsWith('.')) continue
      if (entry.isDirectory()) yield* filesIn(path, root)
      else if (isManifest(entry) && !isLinkToFolder(path, entry)) yield { path, bytes: readInside(path, root, entry) }
    } catch (error) {
      yield { error: { path, message: reasonOf(error) } }
    }
  }
}

/** Pipes and devices would never end. */
function isManifest(entry: Dirent): boolean {
  return (entry.isFile() || entry.isSymbolicLink()) && (MANIFEST.test(entry.name) || KUSTOMIZATION.test(entry.name))
}

function isLinkToFolder(path: string, entry: Dirent): boolean {
  return entry.isSymbolicLink() && statSync(path).isDirectory()
}

/** A package that others write must not make us read files of this machine. */
function readInside(path: string, root: string, entry: Dirent): Uint8Array {
  if (!entry.isSymbolicLink() || realpathSync(path).startsWith(`${root}${root.endsWith(sep) ? '' : sep}`))
    return readFileSync(path)
  throw new Error(
    'must be a file in the folder, but is a link that leads out of it; copy the file, or name it as a PATH of its own',
  )
}

function reasonOf(error: unknown): string {
  const { code, message, syscall } = error as NodeJS.ErrnoException
  switch (code) {
    case 'ENOENT':
      return 'must be a file or folder, but is not there'
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
