import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import type { KeptCode } from './kept-code.ts'
import { isOwn, type Surroundings } from './read-own-folder.ts'

/** One for each command of two versions. */
const FILES_MAX = 14

/** Keeps code for the next run; not where another user could change it. What fails is left: the next run compiles again. */
export function writeKeptCode({ folder, file }: KeptCode, code: Uint8Array, surroundings: Surroundings): void {
  const temporary = `${file}.${process.pid}`
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    if (!isOwn(folder, surroundings)) return
    const descriptor = openSync(temporary, 'wx', 0o600)
    try {
      writeFileSync(descriptor, code)
      // V8 does not notice a block that a power failure has emptied.
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    renameSync(temporary, file)
    removeOldest(folder)
  } catch {
    rmSync(temporary, { force: true })
  }
}

function removeOldest(folder: string): void {
  const files = readdirSync(folder).map((name) => join(folder, name))
  if (files.length <= FILES_MAX) return
  const byAge = files.map((path) => ({ path, time: statSync(path).mtimeMs })).sort((a, b) => b.time - a.time)
  for (const { path } of byAge.slice(FILES_MAX)) rmSync(path, { force: true })
}
