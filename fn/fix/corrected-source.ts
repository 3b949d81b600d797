import { grouped } from '../common/grouped.ts'
import type { locator } from '../positions/locator.ts'
import type { Place, SourceText } from '../positions/place.ts'
import type { Finding } from '../results/finding.ts'
import { TOML_FIELD } from '../toml/value-at.ts'
import type { Change } from '../yaml/change.ts'
import { documentsIn } from '../yaml/documents-in.ts'
import { editorOf } from '../yaml/edit.ts'
import { applied, type TextEdit } from '../yaml/text-edit.ts'
import { asManyAs } from './as-many-as.ts'
import { correctionOf } from './correction-of.ts'
import { tomlEdits } from './toml-edits.ts'

/**
 * A file with as many of these findings corrected as can be together, and how many fields that are. Where its other documents would
 * not stay as they are it is the file as it was.
 */
export function correctedSource(
  source: SourceText,
  findings: readonly Finding[],
  locate: ReturnType<typeof locator>,
): { readonly source: SourceText; readonly count: number } {
  const byDocument = grouped(findings, ({ item }) => item?.place?.start)
  const documents = [...byDocument.values()].flatMap((group) => {
    const place = group[0]?.item?.place
    return (place && correctedDocument(place, correctionsOf(group, locate))) ?? []
  })
  const after = { ...source, text: applied(source.text, documents) ?? source.text }
  if (!keepsOthers(source, after, documents)) return { source, count: 0 }
  return { source: after, count: documents.reduce((sum, { count }) => sum + count, 0) }
}

/** A document as it becomes, and how many findings that corrects. */
interface CorrectedDocument extends TextEdit {
  readonly count: number
}

function correctedDocument(
  { source, start, end }: Place,
  corrections: readonly Correction[],
): CorrectedDocument | undefined {
  const edit = editorOf(source.text.slice(start, end))
  return asManyAs(end - start, corrections, (some) => {
    const text = edit(some.map(({ change }) => change))
    return text === undefined ? undefined : { start, end, text, count: some.reduce((sum, one) => sum + one.count, 0) }
  })
}

/** Whether a file still has the same documents, but for those that were corrected. */
function keepsOthers(before: SourceText, after: SourceText, corrected: readonly CorrectedDocument[]): boolean {
  const texts = new Map(corrected.map(({ start, text }) => [start, text]))
  const wanted = documentsOf(before).map(({ start, text }) => texts.get(start) ?? text)
  const got = documentsOf(after).map(({ text }) => text)
  return wanted.length === got.length && wanted.every((text, at) => text === got[at])
}

function documentsOf({ text }: SourceText): readonly { readonly start: number; readonly text: string }[] {
  return documentsIn(text).map(({ start, end }) => ({ start, text: text.slice(start, end) }))
}

/** A change of a document, and how many findings it corrects. */
interface Correction {
  readonly change: Change
  readonly count: number
}

/** The changes that correct findings, those about one `buildkitdToml` as one change of it. */
function correctionsOf(findings: readonly Finding[], locate: ReturnType<typeof locator>): readonly Correction[] {
  const byToml = grouped(findings, ({ toml }) => toml?.toml)
  return [...byToml].flatMap(([toml, group]) => {
    if (!toml) return group.flatMap((finding) => correctionFor(finding, locate))
    const within = group[0]?.item?.place?.within ?? []
    const edits = 'value' in toml ? tomlEdits(toml, group) : undefined
    if (!edits) return []
    return [{ change: { kind: 'splice' as const, path: [...within, ...TOML_FIELD], edits }, count: edits.length }]
  })
}

function correctionFor(finding: Finding, locate: ReturnType<typeof locator>): readonly Correction[] {
  const located = locate(finding)
  const change = located && correctionOf(located, finding)
  return change ? [{ change, count: 1 }] : []
}
