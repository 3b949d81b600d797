/** The comments and blank lines after an item that stand no deeper than its dash: they belong to what follows, and stay. */
export function trailingLines(text: string): string {
  const dash = /^ *(?=-)/.exec(text)?.[0].length
  if (dash === undefined) return ''
  const isTrailing = new RegExp(`^(?: {0,${dash}}#.*|[ \\t\\r]*)$`)
  const lines = text.split('\n')
  let first = lines.length
  while (first > 1 && isTrailing.test(lines[first - 1] as string)) first--
  return lines.slice(first).join('\n')
}
