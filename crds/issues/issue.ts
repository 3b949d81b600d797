import type { Path } from './field-path.ts'
import type { Fix } from './fix.ts'

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
