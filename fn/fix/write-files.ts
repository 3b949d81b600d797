import { chmodSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import type { CorrectedFile } from './corrected.ts'

/** A file with what becomes of it, in a file beside it until all are there. */
interface Pending {
  readonly path: string
  readonly temporary: string
  readonly before: Uint8Array
}

/** Writes corrected files, keeping their permissions; else lines that say why not. Invariant: fixing writes all files or none. */
export function writeFiles(files: readonly CorrectedFile[]): readonly string[] {
  const pending: Pending[] = []
  let renamed = 0
  let current = ''
  try {
    for (const file of files) {
      current = file.path
      pending.push(prepared(file))
    }
    for (const { path, temporary } of pending) {
      current = path
      renameSync(temporary, path)
      renamed++
    }
    return []
  } catch (error) {
    for (const { path, before } of pending.slice(0, renamed)) writeFileSync(path, before)
    return [
      `${current}: must be a file that can be changed, in a folder that can be written to: ${(error as Error).message}`,
    ]
  } finally {
    for (const { temporary } of pending) rmSync(temporary, { force: true })
  }
}

function prepared({ path, after }: CorrectedFile): Pending {
  // A link stays one.
  const target = realpathSync(path)
  const before = readFileSync(target)
  const temporary = `${target}.render-buildkit-fix`
  const mark = before.subarray(0, 3).equals(Buffer.from('\ufeff')) ? '\ufeff' : ''
  try {
    writeFileSync(temporary, `${mark}${after}`, { flag: 'wx' })
    chmodSync(temporary, statSync(target).mode)
  } catch (error) {
    // Somebody else's file of this name stays.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') rmSync(temporary, { force: true })
    throw error
  }
  return { path: target, temporary, before }
}
