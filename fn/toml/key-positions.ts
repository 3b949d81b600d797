import { type Position, positionsIn } from '../yaml/lines.ts'
import { type KeyNode, keyTree } from './key-tree.ts'

/** The keys that lead to a value; a number is the place in a list. */
export type KeyPath = readonly (string | number)[]
export type { Position }

/** What a document's text tells of its keys, as they are written there. */
export interface KeyPositions {
  /** The key or list element at a path; undefined where the text does not write it. */
  readonly nodeAt: (path: KeyPath) => KeyNode | undefined
  /** Where the last key of a path is, or the last of them that is written anywhere. */
  readonly offsetOf: (path: KeyPath) => number
  readonly positionOf: (path: KeyPath) => Position
  /** The value of a scalar that is no text, as it is written; undefined where there is no `=`. */
  readonly valueText: (path: KeyPath) => string | undefined
}

/** The positions in a document, which must be TOML; it is read when the first is asked for. */
export function keyPositions(text: string): KeyPositions {
  let tree: KeyNode | undefined
  let positionAt: ((offset: number) => Position) | undefined
  const nodeAt = (path: KeyPath) => {
    tree ??= keyTree(text)
    return path.reduce<KeyNode | undefined>(within, tree)
  }
  const offsetOf = (path: KeyPath) => {
    let [node, offset] = [nodeAt([]), 0]
    for (const key of path) {
      node = within(node, key)
      offset = node?.start ?? offset
    }
    return offset
  }
  return {
    nodeAt,
    offsetOf,
    positionOf: (path) => {
      positionAt ??= positionsIn(text)
      return positionAt(offsetOf(path))
    },
    valueText: (path) => {
      const value = nodeAt(path)?.value
      return value && /^[^\s,\]}#]*/.exec(text.slice(value.start, value.start + 64))?.[0]
    },
  }
}

function within(node: KeyNode | undefined, key: string | number): KeyNode | undefined {
  return typeof key === 'number' ? node?.elements[key] : node?.keys.get(key)
}
