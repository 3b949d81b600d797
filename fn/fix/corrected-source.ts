import { isScalar } from 'yaml'
import { GROUP } from '../../crds/names.ts'
import { grouped } from '../common/collections.ts'
import type { Place, SourceText } from '../input/place.ts'
import type { Located, locator } from '../positions/locator.ts'
import type { Finding } from '../results/finding.ts'
import { TOML_FIELD } from '../toml/values-at.ts'
import { applied, type Change, type TextEdit } from '../yaml/change.ts'
import { documentsIn } from '../yaml/documents-in.ts'
import { editorOf } from '../yaml/edit.ts'
import type { FieldAt, Step } from '../yaml/field-at.ts'
import { resolveScalar } from '../yaml/scalars.ts'
import { asManyAs } from './as-many-as.ts'
import { tomlEdits } from './toml-correction-of.ts'

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
    const place = group[0].item?.place
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
    const within = group[0].item?.place?.within ?? []
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

/** Whether a finding says how it is corrected. */
export function hasCorrection({ fix, proposedValue }: Finding): boolean {
  return fix !== undefined || proposedValue !== undefined
}

/** Whether an object is for `fix` to change: never one of somebody else, as a Namespace. */
export function isForFix({ item }: Finding): boolean {
  return item?.object?.apiVersion.startsWith(`${GROUP}/`) === true
}

/** The change of its document that corrects what a finding is about; undefined where no correction is known or the field is not there. */
function correctionOf({ place, field }: Located, finding: Finding): Change | undefined {
  const step = field?.steps.at(-1)
  if (!field?.isThere || !step) return undefined
  const path = [...place.within, ...finding.path]
  switch (finding.fix?.kind) {
    case 'rename':
      return { kind: 'rename', path, to: finding.fix.to }
    case 'quote':
      return { kind: 'quote', path }
    case 'set':
      return { kind: 'set', path, value: typedAs(step, finding.fix.value) }
    case 'remove':
      return removal(path, field, place.within.length)
    case undefined:
      return proposal(path, step, finding)
  }
}

/** What is proposed for a value takes its place; what is proposed for a key is its new name. */
function proposal(path: Change['path'], step: Step, { currentValue, proposedValue }: Finding): Change | undefined {
  if (proposedValue === undefined) return undefined
  if (isScalar(step.node) && String(step.node.value) === String(currentValue))
    return { kind: 'set', path, value: typedAs(step, proposedValue) }
  return step.entry?.pair.key.value === currentValue ? { kind: 'rename', path, to: proposedValue } : undefined
}

/** A number stays one. */
function typedAs({ node }: Step, value: string): string | number {
  const isNumber = isScalar(node) && node.type === 'PLAIN' && typeof resolveScalar(String(node.value)) === 'number'
  const resolved = resolveScalar(value)
  return isNumber && typeof resolved === 'number' && String(resolved) === value ? resolved : value
}

/** The field goes with what would be empty without it, but for the fields at the top of its object. */
function removal(path: Change['path'], { steps }: FieldAt, depth: number): Change | undefined {
  let length = path.length
  while (length > depth + 1 && steps[length - depth - 1]?.entry?.map.items.length === 1) length--
  return length > depth + 1 ? { kind: 'remove', path: path.slice(0, length) } : undefined
}
