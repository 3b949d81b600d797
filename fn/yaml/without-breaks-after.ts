/** A text without the line breaks at its end; a pattern would try to match at each of all its breaks. */
export function withoutBreaksAfter(text: string): string {
  let end = text.length
  while (text.charCodeAt(end - 1) === 10) end--
  return text.slice(0, end)
}
