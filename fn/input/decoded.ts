import type { ReadError } from '../yaml/read-error.ts'

/** Why bytes are no text, and what they are with another character for what is none. */
interface Undecoded {
  readonly error: ReadError
  readonly text?: string
}

/** The text of UTF-8 bytes, which every manifest must be (YAML 1.2, section 5.2; KRM functions specification), a byte order mark kept. */
export function decoded(bytes: Uint8Array): { readonly text: string } | Undecoded {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) }
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_STRING_TOO_LONG')
      return { error: { message: tooLong(bytes.length) } }
    if (!(error instanceof TypeError)) throw error
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
    return { error: { message: 'must be UTF-8 text, got other bytes', offset: text.indexOf('\ufffd') }, text }
  }
}

function tooLong(length: number): string {
  return `must be smaller than 512 MiB, got ${Math.ceil(length / 2 ** 20)} MiB`
}
