import type { Path } from '../../crds/validate.ts'
import type { TextEdit } from './text-edit.ts'

/** What becomes of one field of a document. */
export type Change = { readonly path: Path } & (
  | { readonly kind: 'set'; readonly value: string | number }
  /** Parts of a string become others; offsets are in its value. */
  | { readonly kind: 'splice'; readonly edits: readonly TextEdit[] }
  /** A plain scalar becomes the string that it is written as. */
  | { readonly kind: 'quote' }
  /** A new entry of a mapping, behind the entry `after` if there is one, else before all others. */
  | { readonly kind: 'insert'; readonly value: string; readonly after?: string }
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
export interface Edit {
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
