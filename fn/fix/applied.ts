import type { Edit } from './edit.ts'

/** A text with those edits made that do not touch an earlier one, the same edit once; and how many they are. */
export function applied(text: string, edits: readonly Edit[]): { readonly text: string; readonly count: number } {
  const parts: string[] = []
  let [at, count] = [0, 0]
  let last: Edit | undefined
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (last && edit.start <= last.end) continue
    parts.push(text.slice(at, edit.start), edit.text)
    at = edit.end
    count++
    last = edit
  }
  return { text: parts.join('') + text.slice(at), count }
}
