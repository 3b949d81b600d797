import { type Block, readBlock } from './read-block.ts'

/** What leads an item of a block sequence whose first key is on the line of its dash. */
const LEAD = /^ *- +(?=[A-Za-z])/
/** A first line that is neither blank nor a comment, as far as its first character: no line is to the left of it where the text is read. */
const CONTENT = /^ *[^ \n#]/
/** So many texts of one length are remembered: their comparison must cost less than reading them. */
const ALIKE_MAX = 16

/**
 * Reads items of a block sequence as `readBlock` does, and the `spec` that many of them end in only once: Pods of builders that are
 * alike differ in a few lines before it.
 */
export function itemReader(): (text: string) => Block | undefined {
  const readSpec = specReader()
  return (text) => {
    const column = LEAD.exec(text)?.[0].length ?? 0
    const key = `\n${' '.repeat(column)}spec:\n`
    const at = column > 0 ? text.indexOf(key) : -1
    const spec = at < 0 ? undefined : readSpec(text.slice(at + key.length), column)
    // A line says what it says whatever is below it, and one in the column of the item's keys begins another of them.
    const head = spec && readBlock(text.slice(0, at + 1))
    return (spec && head && withSpec(head, spec)) ?? readBlock(text)
  }
}

function withSpec({ value }: Block, spec: Block): Block | undefined {
  const [object, ...others] = value as readonly object[]
  if (!object || others.length > 0 || Object.hasOwn(object, 'spec')) return undefined
  return { value: [{ ...object, spec: spec.value }] }
}

/** Reads texts whose lines are all to the right of a column. */
function specReader(): (text: string, column: number) => Block | undefined {
  const byLength = new Map<number, (Block & { readonly text: string })[]>()
  return (text, column) => {
    if ((CONTENT.exec(text)?.[0].length ?? 0) <= column + 1) return undefined
    const known = byLength.get(text.length) ?? []
    const same = known.find((one) => one.text === text)
    if (same) return same
    const read = readBlock(text)
    if (read && known.length < ALIKE_MAX) byLength.set(text.length, [...known, { ...read, text }])
    return read
  }
}
