import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import type { KeptCode } from './kept-code.ts'
import { codeIn } from './kept-file.ts'
import { isOwn, type Surroundings } from './read-own-folder.ts'

// A pipe must not be waited for.
const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants
const OF_OTHERS = 0o077n

/** The code that was kept; undefined where there is none, or somebody else could have changed it. */
export function readKeptCode({ folder, file }: KeptCode, surroundings: Surroundings): Buffer | undefined {
  try {
    if (!isOwn(folder, surroundings)) return undefined
    const descriptor = openSync(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
    try {
      return readOwn(descriptor, surroundings)
    } finally {
      closeSync(descriptor)
    }
  } catch {
    return undefined
  }
}

function readOwn(descriptor: number, { geteuid }: Surroundings): Buffer | undefined {
  const stats = fstatSync(descriptor, { bigint: true })
  if (!stats.isFile()) return undefined
  if (geteuid && (stats.uid !== BigInt(geteuid()) || (stats.mode & OF_OTHERS) !== 0n)) return undefined
  const file = Buffer.allocUnsafeSlow(Number(stats.size))
  return readSync(descriptor, file) === file.length ? codeIn(file, stats) : undefined
}
