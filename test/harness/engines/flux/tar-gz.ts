import { gzipSync } from 'node:zlib'

const BLOCK = 512

/** Files by their names, in one archive; the same files are the same bytes. */
export function tarGz(files: Readonly<Record<string, string>>): Buffer {
  const entries = Object.entries(files).flatMap(([name, text]) => {
    const content = Buffer.from(text)
    return [header(name, content.length), content, Buffer.alloc(-content.length & (BLOCK - 1))]
  })
  return gzipSync(Buffer.concat([...entries, Buffer.alloc(2 * BLOCK)]))
}

/** Of the format ustar: where each field stands, and that the checksum is of a header in which the checksum itself is blanks. */
function header(name: string, size: number): Buffer {
  const block = Buffer.alloc(BLOCK)
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, '0')}\0`
  block.write(name, 0)
  block.write(octal(0o644, 7), 100)
  block.write(octal(0, 7) + octal(0, 7), 108)
  block.write(octal(size, 11) + octal(0, 11), 124)
  block.write('        0', 148)
  block.write('ustar\x0000', 257)
  block.write(`${octal(sum(block), 6)} `, 148)
  return block
}

function sum(bytes: Uint8Array): number {
  return bytes.reduce((total, byte) => total + byte, 0)
}
