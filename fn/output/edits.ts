import { oncePer } from '../common/collections.ts'
import { type Item, isMapping, type KubernetesObject, type Source } from '../input/item.ts'
import {
  isOrchestratorAnnotation,
  LOCAL_CONFIG_ANNOTATION,
  originAnnotations,
} from '../input/orchestrator-annotations.ts'
import type { Pod } from '../render/expand.ts'
import type { Plan, Wanted } from '../render/plan.ts'
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
  readonly after?: string
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
export function editsOf({ wanted, stale }: Plan, templates: Selection['templates'], layout: Layout): Edited {
  const draft: Draft = { edits: new Map(), findings: [], layout }
  const write = podWriter(layout)
  for (const one of wanted) editPod(draft, one, write)
  for (const { at, item } of stale) draft.edits.set(at, { ...draft.edits.get(at), text: trailingLines(item.text) })
  for (const template of templates) if (template.at >= 0) dropTemplate(draft, template)
  return draft
}

/** The edits that take everything out again that rendering wrote. */
export function cleaningEdits({ pods, buildkits }: Selection, layout: Layout): Edited {
  const draft: Draft = { edits: new Map(), findings: [], layout }
  for (const { at, item } of pods) draft.edits.set(at, { text: trailingLines(item.text) })
  for (const buildkit of buildkits)
    if (buildkit.value.spec.podName !== undefined) editField(draft, buildkit, { kind: 'remove', path: POD_NAME })
  return draft
}

function editPod(
  draft: Draft,
  { builder: { buildkit }, pod, existing, isUpToDate, origin }: Wanted,
  write: ReturnType<typeof podWriter>,
): void {
  const { edits } = draft
  if (buildkit.value.spec.podName !== pod.name) editField(draft, buildkit, podNameChange(buildkit.item, pod.name))
  if (isUpToDate) return
  if (existing)
    edits.set(existing.at, {
      ...edits.get(existing.at),
      text: write(pod, bookkeepingOf(existing.value)) + trailingLines(existing.item.text),
    })
  else edits.set(buildkit.at, { ...edits.get(buildkit.at), after: write(pod, originAnnotations(origin)) })
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
  else draft.edits.set(at, { text: trailingLines(item.text) })
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

/** Where a Pod's text goes: an item of a sequence whose dashes stand in this column, or a document of its own. */
export type Layout = { readonly dashColumn: number } | 'document'

/**
 * Writes the YAML of Pods in one layout, the text of what Pods share only once. `bookkeeping` are an orchestrator's annotations;
 * a document goes to a cluster, and has none.
 */
function podWriter(layout: Layout): (pod: Pod, bookkeeping: Readonly<Record<string, string>>) => string {
  const column = layout === 'document' ? 0 : layout.dashColumn + 2
  const lead = layout === 'document' ? '' : `${' '.repeat(layout.dashColumn)}- `
  const pad = ' '.repeat(column)
  const bookkeepingText = (annotations: object) => (layout === 'document' ? '' : emit(annotations, column + 4))
  const annotationsText = oncePer((annotations: object) => emit(annotations, column + 4))
  const specText = oncePer((spec: object) => emit(spec, column + 2))
  return ({ name, namespace, labels, engineAnnotations, blueprint }, bookkeeping) =>
    `${lead}apiVersion: v1\n${pad}kind: Pod\n${pad}metadata:\n` +
    emit({ name, namespace, labels }, column + 2) +
    `${pad}  annotations:\n${bookkeepingText(bookkeeping)}${annotationsText(blueprint.annotations)}${emit(engineAnnotations, column + 4)}` +
    `${pad}spec:\n${specText(blueprint.spec)}`
}
