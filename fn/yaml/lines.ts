import { LineCounter } from 'yaml'
import type { ReadError } from './parse-nodes.ts'

/** A place in a text as editors show it: both from 1, the column in UTF-16 units. */
export interface Position {
  readonly line: number
  readonly column: number
}

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
