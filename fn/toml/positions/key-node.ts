/** A key of a TOML document, or an element of a list: where it and its value begin, and what is in it. */
export interface KeyNode {
  readonly offset: number
  /** Missing for what a header or a dotted key implies. */
  value?: number
  readonly keys: Map<string, KeyNode>
  readonly elements: KeyNode[]
}

export function keyNode(offset: number): KeyNode {
  return { offset, keys: new Map(), elements: [] }
}

/** The child of that name, which is made if it is not there. */
export function childOf(parent: KeyNode, name: string, offset: number): KeyNode {
  const known = parent.keys.get(name)
  if (known) return known
  const child = keyNode(offset)
  parent.keys.set(name, child)
  return child
}
