import { createHash } from 'node:crypto'

/**
 * Mach-O executables for one architecture of 64 bits, as mach-o/loader.h has them. Apple's documentation and kernel give the format of
 * signatures: osfmk/kern/cs_blobs.h. Numbers of the file are in little endian, those of a signature in big endian.
 */
const MAGIC_64 = 0xfeedfacf
const HEADER_LENGTH = 32
const SEGMENT_64 = 0x19
const CODE_SIGNATURE = 0x1d
const COMMAND_LENGTH = 16

const SUPER_BLOB = 0xfade0cc0
const SUPER_BLOB_LENGTH = 20
const CODE_DIRECTORY = 0xfade0c02
const CODE_DIRECTORY_LENGTH = 88
/** With the fields about the executable segment. */
const DIRECTORY_VERSION = 0x20400
/** CS_ADHOC and CS_LINKER_SIGNED, as linkers sign what they write. */
const FLAGS = 0x20002
const HASH = { name: 'sha256', length: 32, type: 2 } as const
const PAGE_BITS = 12
const PAGE = 1 << PAGE_BITS
const MAIN_BINARY = 1

/** An executable with a signature that has hashes and no identity: macOS on arm64 starts no program without one. */
export function signedAdHoc(unsigned: Uint8Array, identifier: string): Buffer {
  const { text, linkEdit } = segmentsOf(Buffer.from(unsigned))
  const codeLength = align(unsigned.length, 16)
  const length = SUPER_BLOB_LENGTH + directoryLength(codeLength, identifier)
  const signed = Buffer.alloc(codeLength + length)
  signed.set(unsigned)
  addCommand(signed, codeLength, length)
  const linkEditLength = codeLength + length - Number(signed.readBigUInt64LE(linkEdit + 40))
  signed.writeBigUInt64LE(BigInt(align(linkEditLength, 1 << 14)), linkEdit + 32)
  signed.writeBigUInt64LE(BigInt(linkEditLength), linkEdit + 48)
  const segment = { offset: signed.readBigUInt64LE(text + 40), length: signed.readBigUInt64LE(text + 48) }
  writeSignature(signed, codeLength, { identifier, segment })
  return signed
}

/** Where the commands of these two segments are. */
function segmentsOf(file: Buffer): { readonly text: number; readonly linkEdit: number } {
  if (file.readUInt32LE(0) !== MAGIC_64) throw new Error('must be a Mach-O executable of 64 bits')
  const segments = new Map<string, number>()
  let at = HEADER_LENGTH
  for (let left = file.readUInt32LE(16); left > 0; left--) {
    const kind = file.readUInt32LE(at)
    if (kind === CODE_SIGNATURE) throw new Error('must not be signed yet')
    if (kind === SEGMENT_64) segments.set(file.toString('latin1', at + 8, at + 24).replace(/\0+$/, ''), at)
    at += file.readUInt32LE(at + 4)
  }
  const text = segments.get('__TEXT')
  const linkEdit = segments.get('__LINKEDIT')
  if (text === undefined || linkEdit === undefined) throw new Error('must have the segments __TEXT and __LINKEDIT')
  return { text, linkEdit }
}

/** The command that says where the signature is; linkers leave room for more commands. */
function addCommand(file: Buffer, offset: number, length: number): void {
  const end = HEADER_LENGTH + file.readUInt32LE(20)
  if (file.subarray(end, end + COMMAND_LENGTH).some((byte) => byte !== 0))
    throw new Error('must have room for a command')
  file.writeUInt32LE(file.readUInt32LE(16) + 1, 16)
  file.writeUInt32LE(file.readUInt32LE(20) + COMMAND_LENGTH, 20)
  for (const [i, value] of [CODE_SIGNATURE, COMMAND_LENGTH, offset, length].entries())
    file.writeUInt32LE(value, end + 4 * i)
}

interface Signed {
  readonly identifier: string
  readonly segment: { readonly offset: bigint; readonly length: bigint }
}

function writeSignature(file: Buffer, at: number, { identifier, segment }: Signed): void {
  const hashes = CODE_DIRECTORY_LENGTH + identifier.length + 1
  const pages = Math.ceil(at / PAGE)
  const words = [
    ...[SUPER_BLOB, file.length - at, 1, 0, SUPER_BLOB_LENGTH],
    ...[CODE_DIRECTORY, file.length - at - SUPER_BLOB_LENGTH, DIRECTORY_VERSION, FLAGS],
    ...[hashes, CODE_DIRECTORY_LENGTH, 0, pages, at],
    ...[(HASH.length << 24) | (HASH.type << 16) | PAGE_BITS, 0, 0, 0, 0, 0, 0],
  ]
  for (const [i, word] of words.entries()) file.writeInt32BE(word | 0, at + 4 * i)
  const directory = at + SUPER_BLOB_LENGTH
  file.writeBigUInt64BE(segment.offset, directory + 64)
  file.writeBigUInt64BE(segment.length, directory + 72)
  file.writeBigUInt64BE(BigInt(MAIN_BINARY), directory + 80)
  file.write(identifier, directory + CODE_DIRECTORY_LENGTH, 'latin1')
  for (let page = 0; page < pages; page++) {
    const bytes = file.subarray(page * PAGE, Math.min((page + 1) * PAGE, at))
    createHash(HASH.name)
      .update(bytes)
      .digest()
      .copy(file, directory + hashes + page * HASH.length)
  }
}

function directoryLength(codeLength: number, identifier: string): number {
  return CODE_DIRECTORY_LENGTH + identifier.length + 1 + Math.ceil(codeLength / PAGE) * HASH.length
}

function align(value: number, to: number): number {
  return Math.ceil(value / to) * to
}
