/** A text without the spaces at its end; JavaScript's own `trimEnd` takes U+00A0 for a space, YAML does not. */
export function withoutSpacesAfter(text: string): string {
  let end = text.length
  while (text.charCodeAt(end - 1) === 32) end--
  return text.slice(0, end)
}
