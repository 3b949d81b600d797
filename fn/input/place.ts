import { oncePer } from '../common/collections.ts'
import { positionsIn } from '../yaml/lines.ts'

/** A file, or standard input, as it was read. */
export interface SourceText {
  /** Missing for standard input. */
  readonly path: string | undefined
  /** The byte order mark, where there is one before `text`. */
  readonly mark?: string
  readonly text: string
}

/** The document of a source that an object was cut from. */
export interface Place {
  readonly source: SourceText
  /** Offsets in the source. */
  readonly start: number
  readonly end: number
  /** What leads to the object in its document: nothing, or `['items', 2]` in a List. */
  readonly within: readonly (string | number)[]
}

/** The same of a source, kept as long as the source is. */
export const positionsOf = oncePer(({ text }: SourceText) => positionsIn(text))
