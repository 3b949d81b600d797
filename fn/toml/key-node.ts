import type { Key } from './read-keys.ts'

/** A part of a text: where it starts, and where it has ended. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A key of a TOML document, or an element of a list: where it and its value are, and what is in it. */
export interface KeyNode extends Span {
  /** Missing for what a header or a dotted key implies. */
  value?: Span
  readonly keys: Map<string, KeyNode>
  readonly elements: KeyNode[]
}

export function keyNode({ start, end }: Span): KeyNode {
  return { start, end, keys: new Map(), elements: [] }
}

/** The child of that name, which is made if it is not there. */
export function childOf(parent: KeyNode, key: Key): KeyNode {
  const known = parent.keys.get(key.name)
  if (known) return known
  const child = keyNode(key)
  parent.keys.set(key.name, child)
  return child
}
