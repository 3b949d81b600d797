import { type StructuredPatchHunk, structuredPatch } from 'diff'
import type { CorrectedFile } from './corrected.ts'

/** The difference that a correction makes, as `patch -p0` takes it. */
export function unifiedDiff({ path, before, after }: CorrectedFile): string {
  const { hunks } = structuredPatch(path, path, before, after, undefined, undefined, { context: 3 })
  const name = nameOf(path)
  return `--- ${name}\n+++ ${name}\n${hunks.map(hunkText).join('')}`
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

function hunkText({ oldStart, oldLines, newStart, newLines, lines }: StructuredPatchHunk): string {
  // A range without lines names the line before it (POSIX, `diff -u`).
  const [from, to] = [oldLines === 0 ? oldStart - 1 : oldStart, newLines === 0 ? newStart - 1 : newStart]
  return `@@ -${from},${oldLines} +${to},${newLines} @@\n${lines.map((line) => `${line}\n`).join('')}`
}
