/** The one of `names` that `wanted` is most likely a slip of: at most a third of its letters differ, ignoring case. */
export function closest(wanted: string, names: Iterable<string>): string | undefined {
  let best: string | undefined
  let least = Math.max(1, Math.floor(wanted.length / 3)) + 1
  for (const name of names) {
    const distance = editDistance(wanted.toLowerCase(), name.toLowerCase(), least)
    if (distance >= least) continue
    least = distance
    best = name
  }
  return best
}

/** Damerau's restricted edit distance: letters added, removed, replaced, and neighbours swapped; `most` if it is at least that. */
function editDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) >= most) return most
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const swap = isSwap ? at(beforeLast, j - 2) + 1 : most
      row.push(Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + cost, swap))
    }
    beforeLast = last
    last = row
  }
  return Math.min(at(last, b.length), most)
}

function at(row: readonly number[], index: number): number {
  return row[index] as number
}
