import {
  chmodSync,
  chownSync,
  closeSync,
  fstatSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  writeFileSync,
} from 'node:fs'
import type { CorrectedFile } from './corrected.ts'

/** A file with what becomes of it, in a file beside it until all are there. */
interface Pending {
  readonly path: string
  readonly temporary: string
  readonly before: Uint8Array
}

/** Writes corrected files, keeping their permissions; else lines that say why not. Invariant: fixing writes all files or none. */
export function writeFiles(files: readonly CorrectedFile[]): readonly string[] {
  const pending = new Map<string, Pending>()
  let renamed = 0
  let current = ''
  try {
    for (const file of files) {
      current = file.path
      // A link stays one, and what it leads to may be among the files too.
      const path = realpathSync(file.path)
      if (!pending.has(path)) pending.set(path, prepared({ ...file, path }))
    }
    for (const { path, temporary } of pending.values()) {
      current = path
      renameSync(temporary, path)
      renamed++
    }
    return []
  } catch (error) {
    for (const { path, before } of [...pending.values()].slice(0, renamed)) writeFileSync(path, before)
    return [`${current}: ${reasonOf(error as NodeJS.ErrnoException)}; no file was changed`]
  } finally {
    for (const { temporary } of pending.values()) rmSync(temporary, { force: true })
  }
}

const CHANGED = 'must stay as it was read, but somebody has changed it; fix again'

function prepared({ path, before: wanted, after }: CorrectedFile): Pending {
  const { before, stats } = read(path)
  if (!before.equals(Buffer.from(wanted))) throw new Error(CHANGED)
  const temporary = `${path}.render-buildkit-fix`
  try {
    writeFileSync(temporary, after, { flag: 'wx' })
    keepOwner(temporary, stats)
    chmodSync(temporary, stats.mode)
  } catch (error) {
    // Somebody else's file of this name stays.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') rmSync(temporary, { force: true })
    throw error
  }
  return { path, temporary, before }
}

/** Opened to be written, since what must not be written must not be replaced either. */
function read(path: string): { readonly before: Buffer; readonly stats: Stats } {
  const descriptor = openSync(path, 'r+')
  try {
    return { before: readFileSync(descriptor), stats: fstatSync(descriptor) }
  } finally {
    closeSync(descriptor)
  }
}

/** Only root may, and only root needs to: in a container it changes files of the user outside. */
function keepOwner(path: string, { uid, gid }: Stats): void {
  try {
    chownSync(path, uid, gid)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error
  }
}

function reasonOf({ code, message, path }: NodeJS.ErrnoException): string {
  switch (code) {
    case undefined:
      return message
    case 'EEXIST':
      return `must have no "${path}" beside it, which another fix writes, or one that was cut off has left; remove it`
    case 'ENOSPC':
    case 'EDQUOT':
      return 'must be written to a disk that has space left, but it is full'
    default:
      return `must be a file that can be changed, in a folder that can be written to: ${message}`
  }
}
