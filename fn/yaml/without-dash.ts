/** An item of a block sequence as a document of its own: without its dash, its lines moved to the left, and nothing else changed. */
export function withoutDash(item: string): string {
  const [dash = ''] = /^ *-[ \t]*/.exec(item) ?? []
  const firstLine = item.slice(dash.length, lineEnd(item))
  // Behind a dash there may be no more than an anchor, a tag or a comment.
  const isAlone = /^(?:[&!]\S*[ \t]*)*(?:#.*)?\r?$/.test(firstLine)
  const below = item.slice(lineEnd(item))
  const indent = isAlone ? (/^ *(?=[^\s#])/m.exec(below)?.[0].length ?? 0) : dash.length
  const moved = below.replace(new RegExp(`\\n {0,${indent}}`, 'g'), '\n')
  return firstLine.trim() === '' ? moved.slice(1) : `${firstLine}${moved}`
}

function lineEnd(text: string): number {
  const newline = text.indexOf('\n')
  return newline < 0 ? text.length : newline
}
