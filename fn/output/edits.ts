import { oncePer } from '../common/collections.ts'
import { type Item, isMapping, type Source } from '../input/item.ts'
import { LOCAL_CONFIG_ANNOTATION, originAnnotations } from '../input/orchestrator-annotations.ts'
import { type Contents, contentsOf, type Pod } from '../render/expand.ts'
import { apiVersionOf, type Kind } from '../render/kinds.ts'
import { type OfOthers, ofOthers } from '../render/of-others.ts'
import type { Plan, Wanted, WantedObject, WantedPod } from '../render/plan.ts'
import { POD_NAME_FIELDS, type PodNameChange, podNameChanges } from '../render/pod-names.ts'
import { isLocalConfig } from '../render/resolve.ts'
import type { Selection } from '../render/select.ts'
import { type Finding, fieldFinding } from '../results/finding.ts'
import { type Change, changed } from '../yaml/change.ts'
import { editorOf } from '../yaml/edit.ts'
import { emit } from '../yaml/emit.ts'
import { trailingLines } from '../yaml/list-text.ts'

/** What becomes of one item: another text (empty: it goes), and what follows it. Items without an edit stay as they are. */
interface ItemEdit {
  readonly text?: string
  readonly after?: readonly string[]
}
export type ItemEdits = ReadonlyMap<number, ItemEdit>

/** ItemEdits, and errors about what cannot be edited without changing other text. */
export interface Edited {
  readonly edits: ItemEdits
  readonly findings: readonly Finding[]
}

/** What rendering does to a field of an object that is not its own. */
type FieldEdit = Extract<Change, { readonly kind: 'set' | 'insert' | 'remove' }>

interface Draft {
  readonly edits: Map<number, ItemEdit>
  readonly findings: Finding[]
  readonly layout: Layout
}

const LOCAL_CONFIG = ['metadata', 'annotations', LOCAL_CONFIG_ANNOTATION]

/** The edits that carry out a plan; `templates` are those to leave out of what a cluster gets. */
export function editsOf({ wanted, shared, stale }: Plan, templates: Selection['templates'], layout: Layout): Edited {
  const draft: Draft = { edits: new Map(), findings: [], layout }
  const write = writerOf(layout)
  const newText = (one: WantedObject): NewText => ({
    ...one,
    text: (added) => write.other(one.contents, added),
    asContents: () => one.contents,
  })
  const newPod = (one: WantedPod): NewText => ({
    ...one,
    text: (added) => write.pod(one.pod, added),
    asContents: () => contentsOf(one.pod),
  })
  for (const one of wanted) {
    for (const object of one.beside) editObject(draft, one.builder.buildkit, newText(object))
    editFields(draft, one.builder.buildkit, podNameEdits(one))
    for (const pod of one.pods) editObject(draft, one.builder.buildkit, newPod(pod))
  }
  for (const one of shared) editObject(draft, one.anchor, newText(one))
  for (const { at, item } of stale) draft.edits.set(at, { ...draft.edits.get(at), text: trailingLines(item.text) })
  for (const template of templates) if (template.at >= 0) dropTemplate(draft, template)
  return draft
}

/** The edits that take everything out again that rendering wrote. */
export function cleaningEdits(selection: Selection, layout: Layout): Edited {
  const draft: Draft = { edits: new Map(), findings: [], layout }
  for (const { at, item } of selection.rendered) draft.edits.set(at, { text: trailingLines(item.text) })
  for (const buildkit of selection.buildkits) {
    const fields = POD_NAME_FIELDS.filter((field) => buildkit.value.spec[field] !== undefined)
    editFields(
      draft,
      buildkit,
      fields.map((field) => ({ kind: 'remove', path: ['spec', field] })),
    )
  }
  return draft
}

interface NewText extends Pick<WantedPod, 'existing' | 'isUpToDate' | 'origin'> {
  readonly text: (added: OfOthers) => string
  readonly asContents: () => Contents
}

/** An object that is out of date goes to the place of its predecessor, or follows its anchor. */
function editObject({ edits }: Draft, anchor: Source<unknown>, wanted: NewText): void {
  const { existing, isUpToDate, origin, text, asContents } = wanted
  if (isUpToDate) return
  if (existing) {
    const own = text(ofOthers(existing.value, asContents())) + trailingLines(existing.item.text)
    edits.set(existing.at, { ...edits.get(existing.at), text: own })
  } else {
    const before = edits.get(anchor.at)
    edits.set(anchor.at, {
      ...before,
      after: [...(before?.after ?? []), text({ ...NOTHING, bookkeeping: originAnnotations(origin) })],
    })
  }
}

function podNameEdits({ builder: { buildkit }, pods }: Wanted): readonly FieldEdit[] {
  return podNameChanges(buildkit.value, pods).map((change) => podNameEdit(buildkit.item, change))
}

function podNameEdit({ object }: Item, { field, value }: PodNameChange): FieldEdit {
  const path = ['spec', field]
  if (value === undefined) return { kind: 'remove', path }
  const isThere = isMapping(object?.spec) && field in object.spec
  if (isThere) return { kind: 'set', path, value }
  return { kind: 'insert', path, value, after: field === 'podName' ? 'template' : 'podName' }
}

/** Where a template is a file of a package in place, dropping it would delete the file: it is marked as not for clusters instead. */
function dropTemplate(draft: Draft, template: Source<unknown>): void {
  const { at, item } = template
  if (isLocalConfig(item)) return
  if (item.origin) editFields(draft, template, [{ kind: 'insert', path: LOCAL_CONFIG, value: 'true' }])
  else draft.edits.set(at, { ...draft.edits.get(at), text: trailingLines(item.text) })
}

/** Changes fields of an item's text one after the other, or says that somebody must do it by hand. */
function editFields(
  { edits, findings, layout }: Draft,
  { at, item }: Source<unknown>,
  changes: readonly FieldEdit[],
): void {
  const isDocument = layout === 'document'
  let [text, value]: [string, unknown] = [item.text, isDocument ? item.object : [item.object]]
  for (const one of changes) {
    const change = { ...one, path: [...(isDocument ? [] : [0]), ...one.path] }
    const after = editorOf(text, { value, isBlock: item.isBlock === true })([change])
    if (after === undefined) {
      findings.push(byHand(item, one))
      return
    }
    text = after
    value = changed(value, change)
  }
  if (changes.length > 0) edits.set(at, { ...edits.get(at), text })
}

function byHand(item: Item, change: FieldEdit): Finding {
  const wanted = change.kind === 'remove' ? 'must be removed' : `must be ${JSON.stringify(change.value)}`
  const message = `${wanted}, but it cannot be changed here without changing other text; change it by hand`
  return fieldFinding('error', item, { path: change.path, message })
}

/** Where an object's text goes: an item of a sequence whose dashes stand in this column, or a document of its own. */
export type Layout = { readonly dashColumn: number } | 'document'

type Strings = Readonly<Record<string, string>>

/** Writes an object with what others have added to it. */
type Write<T> = (object: T, added: OfOthers) => string

const NOTHING: OfOthers = { bookkeeping: {}, labels: {}, annotations: {} }

/**
 * Writes the YAML of what is rendered in one layout, the text of what Pods share only once. A document goes to a cluster, and has no
 * bookkeeping.
 */
function writerOf(layout: Layout): { readonly pod: Write<Pod>; readonly other: Write<Contents> } {
  const column = layout === 'document' ? 0 : layout.dashColumn + 2
  const lead = layout === 'document' ? '' : `${' '.repeat(layout.dashColumn)}- `
  const pad = ' '.repeat(column)
  const bookkeepingText = (annotations: Strings) => (layout === 'document' ? '' : emit(annotations, column + 4))
  const stringsText = oncePer((strings: Strings) => emit(strings, column + 4))
  const sharedText = oncePer(({ volumes: _, ...rest }: Pod['spec']) => emit(rest, column + 2))
  const withoutAffinityText = oncePer(({ volumes: _, affinity: __, ...rest }: Pod['spec']) => emit(rest, column + 2))
  const volumesText = oncePer((volumes: object) => emit({ volumes }, column + 2))
  // As `specOfOne` has it: what a Pod has to itself comes last.
  const specText = ({ spec: { affinity, volumes }, blueprint: { spec: shared } }: Pod) =>
    (affinity === shared.affinity ? sharedText(shared) : withoutAffinityText(shared) + emit({ affinity }, column + 2)) +
    volumesText(volumes as object)
  const head = (
    kind: Kind,
    { name, namespace, labels }: Pick<Contents, 'name' | 'namespace' | 'labels'>,
    of: OfOthers,
  ) =>
    `${lead}apiVersion: ${apiVersionOf(kind)}\n${pad}kind: ${kind}\n${pad}metadata:\n${emit({ name, namespace, labels: { ...labels, ...of.labels } }, column + 2)}`
  const annotationsHead = `${pad}  annotations:\n`
  return {
    pod: (pod, added) =>
      head('Pod', pod, added) +
      `${annotationsHead}${bookkeepingText(added.bookkeeping)}${stringsText(pod.blueprint.annotations)}` +
      `${stringsText(pod.engineAnnotations)}${emit(added.annotations, column + 4)}` +
      `${pad}spec:\n${specText(pod)}`,
    other: (object, added) => {
      const own = { ...object.annotations, ...added.annotations }
      const annotations = `${bookkeepingText(added.bookkeeping)}${emit(own, column + 4)}`
      return `${head(object.kind, object, added)}${annotations && annotationsHead}${annotations}${pad}spec:\n${emit(object.spec, column + 2)}`
    },
  }
}
