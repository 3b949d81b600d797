import type { Finding } from '../results/finding.ts'
import { mistakesIn } from '../toml/mistakes-in.ts'
import { readToml, type TomlDocument } from '../toml/read-toml.ts'
import { changed, type ValueChange } from '../yaml/change.ts'
import { isEqual } from '../yaml/is-equal.ts'
import { applied, type TextEdit } from '../yaml/text-edit.ts'
import { asManyAs } from './as-many-as.ts'
import { tomlCorrectionOf } from './toml-correction-of.ts'

/** A correction of a TOML text, and what becomes of its value. */
export interface TomlCorrection {
  readonly edit: TextEdit
  readonly changes: readonly ValueChange[]
}

/** Longer than anybody writes; each correction is tried on all of it. */
const LENGTH_MAX = 2 ** 14

/** The edits of a TOML text that correct as many of these findings as can be together; undefined where that is none. */
export function tomlEdits(toml: TomlDocument, findings: readonly Finding[]): readonly TextEdit[] | undefined {
  if (toml.text.length > LENGTH_MAX) return undefined
  const corrections = findings.flatMap((finding) => tomlCorrectionOf(toml, finding) ?? [])
  return asManyAs(toml.text.length, corrections, (some) =>
    isSure(toml, some) ? some.map(({ edit }) => edit) : undefined,
  )
}

/** Whether the text with these corrections made reads as just that, and has no more that BuildKit refuses. */
function isSure(toml: TomlDocument, corrections: readonly TomlCorrection[]): boolean {
  const edits = corrections.map(({ edit }) => edit)
  const text = applied(toml.text, edits)
  const after = text?.trim() ? readToml(text) : undefined
  if (!after || 'error' in after) return false
  const wanted = corrections.flatMap(({ changes }) => changes).reduce<unknown>(changed, toml.value)
  // Cloned, since the tables of the parser have no prototype.
  return isEqual(structuredClone(after.value), structuredClone(wanted)) && refusedIn(after) <= refusedIn(toml)
}

/** How many mistakes there are that are worse than a key that BuildKit ignores. */
function refusedIn(toml: TomlDocument): number {
  return mistakesIn(toml).filter(({ kind }) => kind !== 'unknown').length
}
