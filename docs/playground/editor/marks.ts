import type { Diagnostic } from '@codemirror/lint'
import type { Text } from '@codemirror/state'
import type { Remark } from '../rendering/messages.ts'

/** What the editor underlines for findings: the key or value that each is about. */
export function marksOf(remarks: readonly Remark[], document: Text): readonly Diagnostic[] {
  return remarks.flatMap(({ severity, sentence, rule, position }) => {
    if (!position) return []
    const from = offsetOf(position, document)
    const line = document.lineAt(from)
    const [word = ''] = /^(?:"[^"]*"|'[^']*'|[^\s:,\]}]+)/.exec(line.text.slice(from - line.from)) ?? []
    const to = Math.min(line.to, from + Math.max(1, word.length))
    return [{ from, to, severity, message: rule ? `${rule}: ${sentence}` : sentence }]
  })
}

/** The offset of a line and a column in a text, or the nearest that it has. */
export function offsetOf({ line, column }: NonNullable<Remark['position']>, document: Text): number {
  const { from, to } = document.line(Math.min(line, document.lines))
  return Math.min(to, from + column - 1)
}
