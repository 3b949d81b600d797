/** The bytes of a base64 text, each as a character. It is as lenient as Node's own reader: other characters are skipped, and `=` is the end. */
export function binaryOf(base64: string): string {
  const digits = base64
    .replace(/=.*/s, '')
    .replaceAll('-', '+')
    .replaceAll('_', '/')
    .replace(/[^A-Za-z0-9+/]/g, '')
  // A last digit alone is less than a byte.
  return atob(digits.length % 4 === 1 ? digits.slice(0, -1) : digits)
}

/** The text that a base64 text has in UTF-8. */
export function textOfBase64(base64: string): string {
  const bytes = Uint8Array.from(binaryOf(base64), (byte) => byte.charCodeAt(0))
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}
