/** Where something is expected in a file, and the path of the field that it is about, or `object`. */
export interface Expected {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly path: string
}

const MARK = /«([^»]*)»/

/** A text without its marks, which are `«path»` just before what is expected to be found, and where they stood. */
export function marked(file: string, text: string): { readonly text: string; readonly expected: readonly Expected[] } {
  const expected: Expected[] = []
  let rest = text
  for (let mark = MARK.exec(rest); mark; mark = MARK.exec(rest)) {
    const before = rest.slice(0, mark.index).split('\n')
    for (const path of (mark[1] as string).split('; '))
      expected.push({ file, line: before.length, column: (before.at(-1) as string).length + 1, path })
    rest = rest.slice(0, mark.index) + rest.slice(mark.index + mark[0].length)
  }
  return { text: rest, expected }
}
