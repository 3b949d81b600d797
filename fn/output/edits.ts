import { oncePer } from '../common/collections.ts'
import { type Item, isMapping, type KubernetesObject, type Source } from '../input/item.ts'
import {
  isOrchestratorAnnotation,
  LOCAL_CONFIG_ANNOTATION,
  originAnnotations,
} from '../input/orchestrator-annotations.ts'
import type { Contents, Pod } from '../render/expand.ts'
import { apiVersionOf, type Kind } from '../render/kinds.ts'
import type { Plan, Wanted, WantedObject } from '../render/plan.ts'
import { isLocalConfig } from '../render/resolve.ts'
import type { Selection } from '../render/select.ts'
import { type Finding, fieldFinding } from '../results/finding.ts'
import type { Change } from '../yaml/change.ts'
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

interface Draft {
  readonly edits: Map<number, ItemEdit>
  readonly findings: Finding[]
  readonly layout: Layout
}

const POD_NAME = ['spec', 'podName']
const LOCAL_CONFIG = ['metadata', 'annotations', LOCAL_CONFIG_ANNOTATION]

/** The edits that carry out a plan; `templates` are those to leave out of what a cluster gets. */
export function editsOf({ wanted, shared, stale }: Plan, templates: Selection['templates'], layout: Layout): Edited {
  const draft: Draft = { edits: new Map(), findings: [], layout }
  const write = writerOf(layout)
  const textOf =
    ({ contents }: WantedObject): Text =>
    (bookkeeping) =>
      write.other(contents, bookkeeping)
  for (const one of wanted) {
    for (const object of one.beside) editObject(draft, one.builder.buildkit, { ...object, text: textOf(object) })
    editPod(draft, one, write.pod)
  }
  for (const one of shared) editObject(draft, one.anchor, { ...one, text: textOf(one) })
  for (const { at, item } of stale) draft.edits.set(at, { ...draft.edits.get(at), text: trailingLines(item.text) })
  for (const template of templates) if (template.at >= 0) dropTemplate(draft, template)
  return draft
}

/** The edits that take everything out again that rendering wrote. */
export function cleaningEdits(selection: Selection, layout: Layout): Edited {
  const draft: Draft = { edits: new Map(), findings: [], layout }
  for (const { at, item } of selection.rendered) draft.edits.set(at, { text: trailingLines(item.text) })
  for (const buildkit of selection.buildkits)
    if (buildkit.value.spec.podName !== undefined) editField(draft, buildkit, { kind: 'remove', path: POD_NAME })
  return draft
}

function editPod(draft: Draft, wanted: Wanted, write: Write<Pod>): void {
  const { pod, builder } = wanted
  const { buildkit } = builder
  if (buildkit.value.spec.podName !== pod.name) editField(draft, buildkit, podNameChange(buildkit.item, pod.name))
  editObject(draft, buildkit, { ...wanted, text: (bookkeeping) => write(pod, bookkeeping) })
}

type Text = (bookkeeping: Strings) => string

interface NewText extends Pick<Wanted, 'existing' | 'isUpToDate' | 'origin'> {
  readonly text: Text
}

/** An object that is out of date goes to the place of its predecessor, or follows its anchor. */
function editObject({ edits }: Draft, anchor: Source<unknown>, { existing, isUpToDate, origin, text }: NewText): void {
  if (isUpToDate) return
  if (existing) {
    const own = text(bookkeepingOf(existing.value)) + trailingLines(existing.item.text)
    edits.set(existing.at, { ...edits.get(existing.at), text: own })
  } else {
    const before = edits.get(anchor.at)
    edits.set(anchor.at, { ...before, after: [...(before?.after ?? []), text(originAnnotations(origin))] })
  }
}

function podNameChange({ object }: Item, value: string): Change {
  const isThere = isMapping(object?.spec) && 'podName' in object.spec
  return isThere ? { kind: 'set', path: POD_NAME, value } : { kind: 'insert', path: POD_NAME, value, after: 'template' }
}

function bookkeepingOf({ metadata }: KubernetesObject): Record<string, string> {
  return Object.fromEntries(Object.entries(metadata.annotations ?? {}).filter(([key]) => isOrchestratorAnnotation(key)))
}

/** Where a template is a file of a package in place, dropping it would delete the file: it is marked as not for clusters instead. */
function dropTemplate(draft: Draft, template: Source<unknown>): void {
  const { at, item } = template
  if (isLocalConfig(item)) return
  if (item.origin) editField(draft, template, { kind: 'insert', path: LOCAL_CONFIG, value: 'true' })
  else draft.edits.set(at, { ...draft.edits.get(at), text: trailingLines(item.text) })
}

/** Changes one field of an item's text, or says that somebody must do it by hand. */
function editField({ edits, findings, layout }: Draft, { at, item }: Source<unknown>, change: Change): void {
  const isDocument = layout === 'document'
  const path = [...(isDocument ? [] : [0]), ...change.path]
  const text = editorOf(item.text, isDocument ? item.object : [item.object])([{ ...change, path }])
  if (text === undefined) findings.push(byHand(item, change))
  else edits.set(at, { ...edits.get(at), text })
}

function byHand(item: Item, change: Change): Finding {
  const wanted =
    change.kind === 'remove' ? 'must be removed' : `must be ${JSON.stringify('value' in change && change.value)}`
  const message = `${wanted}, but it cannot be changed here without changing other text; change it by hand`
  return fieldFinding('error', item, { path: change.path, message })
}

/** Where an object's text goes: an item of a sequence whose dashes stand in this column, or a document of its own. */
export type Layout = { readonly dashColumn: number } | 'document'

type Strings = Readonly<Record<string, string>>

/** Writes an object; `bookkeeping` are an orchestrator's annotations. */
type Write<T> = (object: T, bookkeeping: Strings) => string

/**
 * Writes the YAML of what is rendered in one layout, the text of what Pods share only once. A document goes to a cluster, and has no
 * bookkeeping.
 */
function writerOf(layout: Layout): { readonly pod: Write<Pod>; readonly other: Write<Contents> } {
  const column = layout === 'document' ? 0 : layout.dashColumn + 2
  const lead = layout === 'document' ? '' : `${' '.repeat(layout.dashColumn)}- `
  const pad = ' '.repeat(column)
  const bookkeepingText = (annotations: Strings) => (layout === 'document' ? '' : emit(annotations, column + 4))
  const annotationsText = oncePer((annotations: Strings) => emit(annotations, column + 4))
  // A builder has nothing to itself but volumes, which come last.
  const specText = oncePer(({ volumes: _, ...rest }: Pod['spec']) => emit(rest, column + 2))
  const volumesText = oncePer((volumes: object) => emit({ volumes }, column + 2))
  const head = (kind: Kind, { name, namespace, labels }: Pick<Contents, 'name' | 'namespace' | 'labels'>) =>
    `${lead}apiVersion: ${apiVersionOf(kind)}\n${pad}kind: ${kind}\n${pad}metadata:\n${emit({ name, namespace, labels }, column + 2)}`
  const annotationsHead = `${pad}  annotations:\n`
  return {
    pod: (pod, bookkeeping) =>
      head('Pod', pod) +
      `${annotationsHead}${bookkeepingText(bookkeeping)}${annotationsText(pod.blueprint.annotations)}${emit(pod.engineAnnotations, column + 4)}` +
      `${pad}spec:\n${specText(pod.blueprint.spec)}${volumesText(pod.spec.volumes as object)}`,
    other: (object, bookkeeping) => {
      const annotations = `${bookkeepingText(bookkeeping)}${emit(object.annotations, column + 4)}`
      return `${head(object.kind, object)}${annotations && annotationsHead}${annotations}${pad}spec:\n${emit(object.spec, column + 2)}`
    },
  }
}
