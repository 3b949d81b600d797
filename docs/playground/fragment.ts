/**
 * What a link to the playground carries after `#`: `m=`, and the manifests as UTF-8, compressed (raw DEFLATE, RFC 1951), in base64url
 * without padding (RFC 4648); at its end, what is to be looked at first. Also runs in Node.js, for pages that link to the playground.
 */
const PREFIX = 'm='
/** Ends the fragment of a link to what is found in the manifests. */
export const FINDINGS = '&findings'

/** So many bytes of manifests fit in a link. What a link claims to be is read no further, since a few bytes may claim to be gigabytes. */
export const BYTES_MAX = 1_000_000

/** A fragment, or why a link cannot carry the manifests. */
export type Carried = { readonly fragment: string } | { readonly error: string }

const TOO_LARGE = 'The manifests in a link must be at most 1 MB, but these are larger.'
const HALF = 'The manifests in a link must be Unicode text, but these have one half of a surrogate pair.'

/** The fragment of a link that opens the playground with these manifests, without its `#`. */
export async function fragmentOf(text: string): Promise<Carried> {
  // UTF-8 would have another character there.
  if (!text.isWellFormed()) return { error: HALF }
  const bytes = new TextEncoder().encode(text)
  if (bytes.length > BYTES_MAX) return { error: TOO_LARGE }
  const compressed = await readUpTo(through(bytes, new CompressionStream('deflate-raw')), Number.POSITIVE_INFINITY)
  const binary = compressed.map((chunk) => Array.from(chunk, (byte) => String.fromCharCode(byte)).join('')).join('')
  return { fragment: `${PREFIX}${btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}` }
}

/** The manifests that a fragment carries, or why there are none. */
export type Opened = { readonly text: string } | { readonly error: string }

const BROKEN = 'The link must end with #m= and manifests, but its end is missing or changed. Copy the whole link again.'

/** Reads a fragment without its `#`. It may be from anybody, so it ends as an error at most. */
export async function opened(fragment: string): Promise<Opened> {
  if (!fragment.startsWith(PREFIX)) return { error: BROKEN }
  const manifests = fragment.slice(PREFIX.length, isAboutFindings(fragment) ? -FINDINGS.length : undefined)
  try {
    const binary = atob(manifests.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(binary, (byte) => byte.charCodeAt(0))
    const chunks = await readUpTo(through(bytes, new DecompressionStream('deflate-raw')), BYTES_MAX)
    const decoder = new TextDecoder('utf-8', { fatal: true })
    return { text: chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join('') + decoder.decode() }
  } catch (error) {
    return { error: error instanceof RangeError ? TOO_LARGE : BROKEN }
  }
}

/** Whether a link leads to what is found in its manifests. */
export function isAboutFindings(fragment: string): boolean {
  return fragment.endsWith(FINDINGS)
}

function through(bytes: Uint8Array<ArrayBuffer>, change: CompressionStream | DecompressionStream): ReadableStream {
  return new Blob([bytes]).stream().pipeThrough(change)
}

/** All of a stream, or a RangeError where it is longer than `most` bytes; then the rest of it is not made. */
async function readUpTo(stream: ReadableStream<Uint8Array>, most: number): Promise<readonly Uint8Array[]> {
  const chunks: Uint8Array[] = []
  const reader = stream.getReader()
  let length = 0
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    length += read.value.length
    if (length > most) {
      await reader.cancel()
      throw new RangeError(TOO_LARGE)
    }
    chunks.push(read.value)
  }
  return chunks
}
