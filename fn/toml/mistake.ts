import type { TableShape } from '../upstream/buildkit/shape.ts'
import type { KeyPath } from './key-positions.ts'

/** A place where a document is not what BuildKit reads. */
export type Mistake = { readonly path: KeyPath; readonly value: unknown } & (
  | Unknown
  | { readonly kind: 'twice'; readonly other: KeyPath }
  | { readonly kind: 'type'; readonly expected: string }
  | { readonly kind: 'duration' | 'size' }
)

/** A key that BuildKit does not have, the table that it stands in, and what else there is in that, in small letters. */
interface Unknown {
  readonly kind: 'unknown'
  readonly table: TableShape
  readonly siblings: ReadonlySet<string>
}

export type UnknownKey = Extract<Mistake, { kind: 'unknown' }>
