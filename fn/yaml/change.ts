import type { Path } from '../../crds/validate.ts'

/** What becomes of one field of a document. */
export type Change = { readonly path: Path } & (
  | { readonly kind: 'set'; readonly value: string | number | readonly string[] }
  /** Parts of a string become others; offsets are in its value. */
  | { readonly kind: 'splice'; readonly edits: readonly TextEdit[] }
  /** A plain scalar becomes the string that it is written as. */
  | { readonly kind: 'quote' }
  /** A new entry of a mapping, behind the entry `after` if there is one, else before all others. */
  | { readonly kind: 'insert'; readonly value: string | readonly string[]; readonly after?: string }
  | { readonly kind: 'rename'; readonly to: string }
  | { readonly kind: 'remove' }
)

/** The same of a value, which has no text. */
export type ValueChange = { readonly path: Path } & (
  | { readonly kind: 'set' | 'insert'; readonly value: unknown }
  | { readonly kind: 'rename'; readonly to: string }
  | { readonly kind: 'remove' }
)

/** A change of a document, as edits of its text and as a change of its value. */
export interface DocumentEdit {
  readonly edits: readonly TextEdit[]
  readonly change: ValueChange
}

/** A value with a change made. */
export function changed(value: unknown, change: ValueChange): unknown {
  const [key, ...rest] = change.path
  if (key === undefined || typeof value !== 'object' || value === null) return undefined
  const inner = { ...change, path: rest }
  if (Array.isArray(value))
    return rest.length === 0
      ? withElement(value, Number(key), change)
      : value.with(Number(key), changed(value[Number(key)], inner))
  const { [key]: old, ...others } = value as Readonly<Record<string, unknown>>
  if (rest.length > 0) return { ...others, [key]: changed(old, inner) }
  switch (change.kind) {
    case 'set':
    case 'insert':
      return { ...others, [key]: change.value }
    case 'rename':
      return { ...others, [change.to]: old }
    case 'remove':
      return others
  }
}

function withElement(list: readonly unknown[], at: number, change: ValueChange): unknown {
  return 'value' in change ? list.with(at, change.value) : undefined
}

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
