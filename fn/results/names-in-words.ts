import { oncePer } from '../common/once-per.ts'

const SHOWN_MAX = 7

/** Names in quotes, in their order, the first of many: `"large" and "small"`. Thousands may be told of the same names. */
export const namesInWords = oncePer(inWords)

function inWords(names: readonly string[]): string {
  const shown = [...names]
    .sort()
    .slice(0, SHOWN_MAX)
    .map((name) => `"${name}"`)
  const more = names.length - shown.length
  if (more > 0) return `${shown.join(', ')} and ${more} more`
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}
