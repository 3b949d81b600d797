/** A text before and after it is corrected, and where in the first its mistakes stand. */
export interface Pair {
  readonly before: string
  readonly after: string
  readonly marks: readonly number[]
}

/** A mistake and what becomes of it. */
export function wrong(before: string, after: string): Pair {
  return { before, after, marks: [0] }
}

/** Pairs, and texts that stay as they are, one behind the other. */
export function joined(...parts: readonly (Pair | string)[]): Pair {
  let [before, after] = ['', '']
  const marks: number[] = []
  for (const part of parts) {
    const pair = typeof part === 'string' ? { before: part, after: part, marks: [] } : part
    marks.push(...pair.marks.map((at) => at + before.length))
    before += pair.before
    after += pair.after
  }
  return { before, after, marks }
}

/** Both texts in another spelling, in which the beginning of a text is spelt like the beginning of the whole. */
export function spelt({ before, after, marks }: Pair, spell: (text: string) => string): Pair {
  const shifted = marks.map((at) => spell(`${before.slice(0, at)}x`).lastIndexOf('x'))
  return { before: spell(before), after: spell(after), marks: shifted }
}
