import type { CorrectedFile } from './corrected.ts'

interface Line {
  readonly sign: ' ' | '-' | '+'
  readonly text: string
}

/** Lines before and after a change that are shown with it. */
const CONTEXT = 3

/** The difference that a correction makes, as `patch -p0` takes it. */
export function unifiedDiff({ path, before, after }: CorrectedFile): string {
  const lines = compared(linesOf(before), linesOf(after))
  const hunks = rangesOf(lines).map((range) => hunk(lines, range))
  const name = nameOf(path)
  return `--- ${name}\n+++ ${name}\n${hunks.join('')}`
}

/** As git writes it: in quotes where it has unusual characters, and ended by a tab where it has a blank. */
function nameOf(path: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they would end the name
  const escaped = path.replace(/["\\]/g, '\\$&').replace(/[\x00-\x1f\x7f]/g, octal)
  if (escaped !== path) return `"${escaped}"`
  return path.includes(' ') ? `${path}\t` : path
}

function octal(char: string): string {
  return `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`
}

/** Each with its line break. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? []
}

/** The lines of both. */
function compared(before: readonly string[], after: readonly string[]): readonly Line[] {
  const lines: Line[] = []
  for (let i = 0, j = 0; i < before.length || j < after.length; i++, j++) {
    const [removed, added] = parted(before, i, { after, j })
    for (const text of before.slice(i, i + removed)) lines.push({ sign: '-', text })
    for (const text of after.slice(j, j + added)) lines.push({ sign: '+', text })
    i += removed
    j += added
    if (i < before.length) lines.push({ sign: ' ', text: before[i] as string })
  }
  return lines
}

/** How few lines of each are skipped until they are the same again; what is corrected keeps most lines. */
function parted(
  before: readonly string[],
  i: number,
  { after, j }: { readonly after: readonly string[]; readonly j: number },
): readonly [removed: number, added: number] {
  const most = before.length - i + after.length - j
  for (let skipped = 0; skipped <= most; skipped++) {
    for (let removed = 0; removed <= skipped; removed++) {
      const added = skipped - removed
      const isInside = i + removed <= before.length && j + added <= after.length
      if (isInside && before[i + removed] === after[j + added]) return [removed, added]
    }
  }
  return [before.length - i, after.length - j]
}

type Range = readonly [from: number, to: number]

/** What belongs to each hunk: changes with their context, those that touch as one. */
function rangesOf(lines: readonly Line[]): readonly Range[] {
  const ranges: Range[] = []
  lines.forEach(({ sign }, at) => {
    if (sign === ' ') return
    const [from, to] = ranges.at(-1) ?? [0, -1]
    const isNear = at - CONTEXT <= to
    if (isNear) ranges.pop()
    ranges.push([isNear ? from : Math.max(0, at - CONTEXT), Math.min(lines.length, at + CONTEXT + 1)])
  })
  return ranges
}

function hunk(lines: readonly Line[], [from, to]: Range): string {
  const shown = lines.slice(from, to)
  const ranges = ['+', '-'].map((other) => {
    const [start, length] = [lines.slice(0, from), shown].map(
      (some) => some.filter(({ sign }) => sign !== other).length,
    )
    return `${length === 0 ? start : Number(start) + 1},${length}`
  })
  return `@@ -${ranges[0]} +${ranges[1]} @@\n${shown.map(written).join('')}`
}

function written({ sign, text }: Line): string {
  return `${sign}${text}${text.endsWith('\n') ? '' : '\n\\ No newline at end of file\n'}`
}
