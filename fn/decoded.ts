/** The text of UTF-8 bytes, which every manifest must be (YAML 1.2, section 5.2; KRM functions specification), a byte order mark kept. */
export function decoded(bytes: Uint8Array): { readonly text: string } | { readonly error: string } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) }
  } catch (error) {
    if (error instanceof TypeError) return { error: 'must be UTF-8 text, got other bytes' }
    throw error
  }
}
