import type { KeyPath } from './key-positions.ts'
import type { TableShape } from './shape.ts'

/** A place where a document is not what BuildKit reads. */
export type Mistake = { readonly path: KeyPath; readonly value: unknown } & (
  | { readonly kind: 'unknown'; readonly table: TableShape }
  | { readonly kind: 'twice'; readonly other: KeyPath }
  | { readonly kind: 'type'; readonly expected: string }
  | { readonly kind: 'duration' | 'size' }
)
