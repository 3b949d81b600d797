import type { BigIntStats } from 'node:fs'

/** The file's number and the nanosecond of its birth, and so much more that the code is aligned. */
const HEADER_LENGTH = 32
const [NUMBER, BIRTH] = [0, 8]

/**
 * A file with compiled code. V8 checks nothing but the length of code, and executes what it gets. So the file says which file it is: one
 * that came with a repository or an archive has another number and another birth. And it has the code twice, for what a disk has damaged:
 * to compare both takes less time than to load a checksum of Node.js.
 */
export function keptFile(code: Uint8Array, { ino, birthtimeNs }: BigIntStats): Buffer {
  const header = Buffer.alloc(HEADER_LENGTH)
  header.writeBigUInt64LE(ino, NUMBER)
  header.writeBigUInt64LE(birthtimeNs, BIRTH)
  return Buffer.concat([header, code, code])
}

/** The code in a file; undefined where it is from another file or damaged. */
export function codeIn(file: Buffer, { ino, birthtimeNs }: BigIntStats): Buffer | undefined {
  if (file.length <= HEADER_LENGTH) return undefined
  if (file.readBigUInt64LE(NUMBER) !== ino || file.readBigUInt64LE(BIRTH) !== birthtimeNs) return undefined
  const middle = (HEADER_LENGTH + file.length) / 2
  const code = file.subarray(HEADER_LENGTH, middle)
  return file.subarray(middle).equals(code) ? code : undefined
}
