/** The comments and blank lines after an item that stand no deeper than its dash: they belong to what follows, and stay. */
export function trailingLines(text: string): string {
  const dash = /^ *(?=-)/.exec(text)?.[0].length
  return dash === undefined ? '' : linesAtEnd(text, new RegExp(`^(?: {0,${dash}}#.*|[ \\t\\r]*)$`))
}

/** The lines of this kind that a text ends in. */
export function linesAtEnd(text: string, kind: RegExp): string {
  for (let end = text.length; ; ) {
    const start = text.lastIndexOf('\n', end - 1) + 1
    if (start === 0 || !kind.test(text.slice(start, end))) return text.slice(end + 1)
    end = start - 1
  }
}
