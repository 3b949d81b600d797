/** What is between two offsets of a text becomes another text. */
export interface TextEdit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** A text with edits made, an edit that is there twice once; undefined where two of them overlap. */
export function applied(text: string, edits: readonly TextEdit[]): string | undefined {
  const parts: string[] = []
  let last: TextEdit | undefined
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (last && last.start === edit.start && last.end === edit.end && last.text === edit.text) continue
    if (last && edit.start < last.end) return undefined
    parts.push(text.slice(last?.end ?? 0, edit.start), edit.text)
    last = edit
  }
  return parts.join('') + text.slice(last?.end ?? 0)
}
