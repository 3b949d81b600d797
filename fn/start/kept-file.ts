import type { BigIntStats } from 'node:fs'
import process from 'node:process'

/** The file's number and the nanosecond of its birth, the checksum of the code, and so much more that the code is aligned. */
const HEADER_LENGTH = 32
const [NUMBER, BIRTH, CHECKSUM] = [0, 8, 16]

/**
 * A file with compiled code. V8 checks nothing but the length of code, and executes what it gets. So the file says which file it is: one
 * that came with a repository or an archive has another number and another birth. And it has a checksum, for what a disk has damaged.
 */
export function keptFile(code: Uint8Array, { ino, birthtimeNs }: BigIntStats): Buffer {
  const file = Buffer.alloc(HEADER_LENGTH + code.length)
  file.writeBigUInt64LE(ino, NUMBER)
  file.writeBigUInt64LE(birthtimeNs, BIRTH)
  file.writeUInt32LE(checksumOf(code), CHECKSUM)
  file.set(code, HEADER_LENGTH)
  return file
}

/** The code in a file; undefined where it is from another file or damaged. */
export function codeIn(file: Buffer, { ino, birthtimeNs }: BigIntStats): Buffer | undefined {
  if (file.length <= HEADER_LENGTH) return undefined
  if (file.readBigUInt64LE(NUMBER) !== ino || file.readBigUInt64LE(BIRTH) !== birthtimeNs) return undefined
  const code = file.subarray(HEADER_LENGTH)
  return file.readUInt32LE(CHECKSUM) === checksumOf(code) ? code : undefined
}

/** Throws on Node.js before 20.16, which has no checksum that starts fast. */
function checksumOf(code: Uint8Array): number {
  return process.getBuiltinModule('node:zlib').crc32(code)
}
