/** The escape of a character (a UTF-16 code unit) that JSON, YAML and JavaScript have in common. */
export function unicodeEscape(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
}
