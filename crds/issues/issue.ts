import type { Path } from './field-path.ts'

/** One mistake in one field, in words. */
export interface FieldIssue {
  readonly path: Path
  readonly message: string
  readonly currentValue?: unknown
  readonly proposedValue?: string
  readonly fix?: Fix
}

/** How a text writes the value at a path that is neither a string nor a collection; undefined where that is not known. */
export type WrittenAt = (path: Path) => string | undefined

/** How one mistake is corrected without a human, where that is more than to write `proposedValue` for `currentValue`. */
export type Fix =
  /** The field gets another key. */
  | { readonly kind: 'rename'; readonly to: string }
  /** The value is taken as it is written, as a string. */
  | { readonly kind: 'quote' }
  /** The value becomes this one, whatever it was; in `buildkitdToml` as TOML has it. */
  | { readonly kind: 'set'; readonly value: string }
  | { readonly kind: 'remove' }
