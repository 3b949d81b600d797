import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { isKeptName, type KeptCode } from './kept-code.ts'
import { keptFile } from './kept-file.ts'
import { isOwn, type Surroundings } from './read-own-folder.ts'

/** One for each command of two versions. */
const FILES_MAX = 14

/** Keeps code for the next run; not where another user could change it. What fails is left: the next run compiles again. */
export function writeKeptCode({ folder, file }: KeptCode, code: Uint8Array, surroundings: Surroundings): void {
  try {
    if (!hasOwnFolder(folder, surroundings)) return
    write(file, code)
    removeOldest(folder)
  } catch {
    // Nothing is kept.
  }
}

/** Makes the folder, and the one of all caches, in a home that exists and belongs to this user. */
function hasOwnFolder(folder: string, surroundings: Surroundings): boolean {
  const caches = dirname(folder)
  for (const path of [caches, folder]) {
    if (!isOwn(dirname(path), surroundings)) return false
    if (!existsSync(path)) mkdirSync(path, { mode: 0o700 })
  }
  return isOwn(folder, surroundings)
}

function write(file: string, code: Uint8Array): void {
  const temporary = `${file}.${process.pid}`
  const descriptor = openSync(temporary, 'wx', 0o600)
  try {
    writeFileSync(descriptor, keptFile(code, fstatSync(descriptor, { bigint: true })))
    renameSync(temporary, file)
  } catch (error) {
    unlinkSync(temporary)
    throw error
  } finally {
    closeSync(descriptor)
  }
}

/** Whatever else is in the folder stays. */
function removeOldest(folder: string): void {
  const files = readdirSync(folder)
    .filter(isKeptName)
    .map((name) => join(folder, name))
  if (files.length <= FILES_MAX) return
  const byAge = files.map((path) => ({ path, time: statSync(path).mtimeMs })).sort((a, b) => b.time - a.time)
  for (const { path } of byAge.slice(FILES_MAX)) unlinkSync(path)
}
