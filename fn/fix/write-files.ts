import {
  chmodSync,
  chownSync,
  closeSync,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { CorrectedFile } from './corrected.ts'

const LEFT_OVER = /^\..*\.render-buildkit-fix-[0-9a-f-]{36}$/

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
    for (const folder of new Set(files.map(({ path }) => dirname(path)))) removeLeftOvers(folder)
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

const CHANGED = 'must not change during a fix, but another program has changed it; run fix again'
const LINKED = 'must not be a hard link, which a fix would separate from its other names; correct it by hand'

function prepared({ path, before: wanted, after }: CorrectedFile): Pending {
  const { before, stats } = read(path)
  if (!before.equals(Buffer.from(wanted))) throw new Error(CHANGED)
  if (stats.nlink > 1) throw new Error(LINKED)
  // Hidden, so that nothing takes it for a manifest.
  const temporary = join(dirname(path), `.${basename(path)}.render-buildkit-fix-${crypto.randomUUID()}`)
  try {
    writeFileSync(temporary, after, { flag: 'wx' })
    keepOwner(temporary, stats)
    chmodSync(temporary, stats.mode)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
  return { path, temporary, before }
}

/** Without what a fix has left there that was killed. One that still runs finds that it cannot write, and changes nothing. */
function removeLeftOvers(folder: string): void {
  for (const name of readdirSync(folder)) if (LEFT_OVER.test(name)) rmSync(join(folder, name), { force: true })
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

function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  switch (code) {
    case undefined:
      return message
    case 'ENOSPC':
    case 'EDQUOT':
      return 'must be on a disk with free space, but the disk is full'
    default:
      return `must be a file that can be changed, in a folder that can be written to: ${message}`
  }
}
