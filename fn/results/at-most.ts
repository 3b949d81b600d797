/** All of many, or the first `max` of them and one more, made with the text that counts the rest. */
export function atMost<T>(all: readonly T[], max: number, rest: (text: string, next: T) => T): readonly T[] {
  const next = all[max]
  if (next === undefined) return all
  return [...all.slice(0, max), rest(`and ${all.length - max} more like these; fix these first`, next)]
}
