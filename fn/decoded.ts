/** The text of UTF-8 bytes, which every manifest must be (YAML 1.2, section 5.2; KRM functions specification), a byte order mark kept. */
export function decoded(bytes: Uint8Array): { readonly text: string } | { readonly error: string } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) }
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_STRING_TOO_LONG') return { error: tooLong(bytes.length) }
    if (error instanceof TypeError) return { error: 'must be UTF-8 text, got other bytes' }
    throw error
  }
}

function tooLong(length: number): string {
  return `must be smaller than 512 MiB, got ${Math.ceil(length / 2 ** 20)} MiB`
}
