// biome-ignore format: tables, as FIPS 180-4 has them
const ROUND = Int32Array.of(
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
)
// biome-ignore format: tables, as FIPS 180-4 has them
const INITIAL = Int32Array.of(
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
)

const BLOCK_LENGTH = 64
/** A text is followed by a byte that marks its end, and by its length in 64 bits. */
const TRAILER_LENGTH = 9

/**
 * The first 64 bits of the SHA-256 of a text in UTF-8 (FIPS 180-4). Loading `node:crypto` for it would take a quarter of the time in which
 * one builder is rendered.
 */
export function sha256Prefix(text: string): bigint {
  const blocks = padded(new TextEncoder().encode(text))
  const state = new DataView(new ArrayBuffer(32))
  for (let i = 0; i < 8; i++) state.setInt32(4 * i, INITIAL[i] as number)
  const words = new Int32Array(BLOCK_LENGTH)
  for (let at = 0; at < blocks.byteLength; at += BLOCK_LENGTH) {
    expand(words, blocks, at)
    addBlock(state, words)
  }
  return state.getBigUint64(0)
}

function padded(bytes: Uint8Array): DataView {
  const length = Math.ceil((bytes.length + TRAILER_LENGTH) / BLOCK_LENGTH) * BLOCK_LENGTH
  const blocks = new Uint8Array(length)
  blocks.set(bytes)
  blocks[bytes.length] = 0x80
  const view = new DataView(blocks.buffer)
  view.setBigUint64(length - 8, BigInt(bytes.length) * 8n)
  return view
}

/** The 16 words of a block, and 48 that are made of them. */
function expand(words: Int32Array, blocks: DataView, at: number): void {
  for (let i = 0; i < 16; i++) words[i] = blocks.getInt32(at + 4 * i)
  for (let i = 16; i < 64; i++) {
    const a = words[i - 15] as number
    const b = words[i - 2] as number
    const fromA = ((a >>> 7) | (a << 25)) ^ ((a >>> 18) | (a << 14)) ^ (a >>> 3)
    const fromB = ((b >>> 17) | (b << 15)) ^ ((b >>> 19) | (b << 13)) ^ (b >>> 10)
    words[i] = (words[i - 16] as number) + fromA + (words[i - 7] as number) + fromB
  }
}

/** Written out, because calls cost more than what they would do before V8 has optimized them. */
function addBlock(state: DataView, words: Int32Array): void {
  const word = (i: number): number => state.getInt32(4 * i)
  let [a, b, c, d, e, f, g, h] = [word(0), word(1), word(2), word(3), word(4), word(5), word(6), word(7)]
  for (let i = 0; i < 64; i++) {
    const fromE = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))
    const added = (h + fromE + ((e & f) ^ (~e & g)) + (ROUND[i] as number) + (words[i] as number)) | 0
    const fromA = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))
    const next = (added + fromA + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + added) | 0
    d = c
    c = b
    b = a
    a = next
  }
  for (const [i, value] of [a, b, c, d, e, f, g, h].entries()) state.setInt32(4 * i, word(i) + value)
}
