import { closeSync, existsSync, mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Writes files below a folder, which need not be there; else lines that say why not. Invariant: migrating writes all files or none. */
export function writePackage(folder: string, files: readonly PackageFile[]): readonly string[] {
  const taken = files.map(({ path }) => join(folder, path)).filter((path) => existsSync(path))
  if (taken.length > 0) return taken.map((path) => `${path}: must not exist yet; move it away, or name another folder`)
  const made: string[] = []
  try {
    for (const { path, text } of files) writeNew(join(folder, path), text, made)
    return []
  } catch (error) {
    for (const path of made) rmSync(path, { recursive: true, force: true })
    return [`${folder}: must be a folder that can be written to: ${(error as Error).message}`]
  }
}

/** What it has made goes to `made` before it can fail: the file itself, and the outermost folder that was not there. */
function writeNew(path: string, text: string, made: string[]): void {
  const folder = mkdirSync(dirname(path), { recursive: true })
  if (folder !== undefined) made.push(folder)
  const file = openSync(path, 'wx')
  made.push(path)
  try {
    writeFileSync(file, text)
  } finally {
    closeSync(file)
  }
}

/** A file of a package, its path relative and with slashes. */
export interface PackageFile {
  readonly path: string
  readonly text: string
}
