import { LineCounter } from 'yaml'
import { oncePer } from '../common/collections.ts'
import type { ReadError } from '../yaml/parse-nodes.ts'

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

/** A place in a text as editors show it: both from 1, the column in UTF-16 units. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** The same of a source, kept as long as the source is. */
export const positionsOf = oncePer(({ text }: SourceText) => positionsIn(text))

/** Turns offsets in a text into positions; the text is searched for its lines once. */
export function positionsIn(text: string): (offset: number) => Position {
  const counter = new LineCounter()
  for (let start = 0; start >= 0; start = text.indexOf('\n', start) + 1 || -1) counter.addNewLine(start)
  return (offset) => {
    const { line, col } = counter.linePos(offset)
    return { line, column: col }
  }
}

/** A message about a place in a text that has no file, in words. */
export function withPosition({ message, offset }: ReadError, text: string): string {
  if (offset === undefined) return message
  const { line, column } = positionsIn(text)(offset)
  return `${message} at line ${line}, column ${column}`
}
