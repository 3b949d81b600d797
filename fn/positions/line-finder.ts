import type { SourceText } from './place.ts'
import type { LineAndColumn } from './text-offset.ts'

/** Turns an offset in a source into the line and the column (in UTF-16 units) that editors show; reads each source once. */
export function lineFinder(): (source: SourceText, offset: number) => LineAndColumn {
  const known = new Map<SourceText, readonly number[]>()
  return (source, offset) => {
    const starts = known.get(source) ?? lineStarts(source.text)
    known.set(source, starts)
    const line = lastAtMost(starts, offset)
    return { line: line + 1, column: offset - (starts[line] as number) + 1 }
  }
}

function lineStarts(text: string): readonly number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

/** The place of the last number that is not above `limit`, in numbers that rise from 0. */
function lastAtMost(numbers: readonly number[], limit: number): number {
  let [low, high] = [0, numbers.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((numbers[middle] as number) <= limit) low = middle
    else high = middle - 1
  }
  return low
}
