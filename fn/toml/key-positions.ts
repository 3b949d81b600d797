import type { KeyNode } from './positions/key-node.ts'
import { keyTree } from './positions/key-tree.ts'

/** The keys that lead to a value; a number is the place in a list. */
export type KeyPath = readonly (string | number)[]

/** Both from 1. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** What a document's text tells of its keys, as they are written there. */
export interface KeyPositions {
  /** Where the last key of a path stands, or the last that stands anywhere. */
  readonly positionOf: (path: KeyPath) => Position
  /** What stands behind `=`, up to the end of a scalar that is no text; undefined where there is no `=`. */
  readonly valueText: (path: KeyPath) => string | undefined
}

/** The positions in a document, which must be TOML; it is read when the first is asked for. */
export function keyPositions(text: string): KeyPositions {
  let read: { readonly root: KeyNode; readonly starts: readonly number[] } | undefined
  const document = () => {
    read ??= { root: keyTree(text), starts: lineStarts(text) }
    return read
  }
  const nodeAt = (path: KeyPath) => path.reduce<KeyNode | undefined>(within, document().root)
  return {
    positionOf: (path) => {
      const nodes = path.map((_, depth) => nodeAt(path.slice(0, depth + 1)))
      const last = nodes.findLast((node) => node !== undefined)
      return locate(document().starts, last?.offset ?? 0)
    },
    valueText: (path) => {
      const offset = nodeAt(path)?.value
      return offset === undefined ? undefined : /^[^\s,\]}#]*/.exec(text.slice(offset, offset + 64))?.[0]
    },
  }
}

function within(node: KeyNode | undefined, key: string | number): KeyNode | undefined {
  return typeof key === 'number' ? node?.elements[key] : node?.keys.get(key)
}

function lineStarts(text: string): readonly number[] {
  const starts = [0]
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1)
  return starts
}

/** Found by halving, since there may be as many lines as mistakes. */
function locate(starts: readonly number[], offset: number): Position {
  let [low, high] = [0, starts.length]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((starts[middle] as number) <= offset) low = middle
    else high = middle
  }
  return { line: low + 1, column: offset - (starts[low] as number) + 1 }
}
