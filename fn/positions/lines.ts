import { LineCounter } from 'yaml'

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
