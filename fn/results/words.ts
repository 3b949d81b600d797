import { oncePer } from '../common/collections.ts'

/** A count with its noun: `1 Pod`, `2 Pods`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

/** How many there are of each kind: `1 Pod`, `2 Pods, 2 Services and 1 Certificate`. */
export function objectsInWords(counts: ReadonlyMap<string, number>): string {
  return listed([...counts].map(([kind, count]) => plural(count, kind)))
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

/** All of many, or the first `max` of them and one more, made with the text that counts the rest. */
export function atMost<T>(all: readonly T[], max: number, rest: (text: string, next: T) => T): readonly T[] {
  const next = all[max]
  if (next === undefined) return all
  return [...all.slice(0, max), rest(`and ${all.length - max} more like these; fix these first`, next)]
}

const SHOWN_MAX = 7

/** All of few texts, or the first of many and the number of the others. */
export function firstInWords(texts: readonly string[]): string {
  const more = texts.length - SHOWN_MAX
  return more > 0 ? `${texts.slice(0, SHOWN_MAX).join(', ')} and ${more} more` : listed(texts)
}

/** Names in quotes, in their order, the first of many: `"large" and "small"`. Thousands may be told of the same names. */
export const namesInWords = oncePer((names: readonly string[]) =>
  firstInWords([...names].sort().map((name) => `"${name}"`)),
)
