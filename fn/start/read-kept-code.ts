import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import type { KeptCode } from './kept-code.ts'
import { isOwn, type Surroundings } from './read-own-folder.ts'

const { O_RDONLY, O_NOFOLLOW = 0 } = constants

/** The code that was kept; undefined where there is none, or another user could have changed it. */
export function readKeptCode({ folder, file }: KeptCode, surroundings: Surroundings): Buffer | undefined {
  try {
    const descriptor = openSync(file, O_RDONLY | O_NOFOLLOW)
    try {
      const { size, uid } = fstatSync(descriptor)
      if (surroundings.geteuid && uid !== surroundings.geteuid()) return undefined
      if (!isOwn(folder, surroundings)) return undefined
      const code = Buffer.allocUnsafeSlow(size)
      return readSync(descriptor, code) === size ? code : undefined
    } finally {
      closeSync(descriptor)
    }
  } catch {
    return undefined
  }
}
