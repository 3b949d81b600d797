import type { KubernetesObject } from './item.ts'
import { isOrchestratorAnnotation, LOCAL_CONFIG_ANNOTATION, originAnnotations } from './orchestrator-annotations.ts'
import type { Plan, Wanted } from './plan.ts'
import { removePodName, setPodName } from './pod-name-field.ts'
import { type Layout, podWriter } from './pod-writer.ts'
import { isLocalConfig } from './resolve.ts'
import type { Selection, Source } from './select.ts'
import { trailingLines } from './trailing-lines.ts'
import { setField } from './yaml/edit-field.ts'

/** What becomes of one item: another text (empty: it goes), and what follows it. Items without an edit stay as they are. */
interface Edit {
  readonly text?: string
  readonly after?: string
}
export type Edits = ReadonlyMap<number, Edit>

const LOCAL_CONFIG = ['metadata', 'annotations', LOCAL_CONFIG_ANNOTATION]

/** The edits that carry out a plan; `templates` are those to leave out of what a cluster gets. */
export function editsOf({ wanted, stale }: Plan, templates: Selection['templates'], layout: Layout): Edits {
  const edits = new Map<number, Edit>()
  const write = podWriter(layout)
  for (const one of wanted) editPod(edits, one, write)
  for (const { at, item } of stale) edits.set(at, { ...edits.get(at), text: trailingLines(item.text) })
  for (const template of templates) if (template.at >= 0) dropTemplate(edits, template)
  return edits
}

/** The edits that take everything out again that rendering wrote. */
export function cleaningEdits({ pods, buildkits }: Selection): Edits {
  const edits = new Map<number, Edit>()
  for (const { at, item } of pods) edits.set(at, { text: trailingLines(item.text) })
  for (const { at, item, value } of buildkits)
    if (value.spec.podName !== undefined) edits.set(at, { text: removePodName(item.text) })
  return edits
}

function editPod(
  edits: Map<number, Edit>,
  { builder, pod, existing, isUpToDate, origin }: Wanted,
  write: ReturnType<typeof podWriter>,
): void {
  const { at, item, value } = builder.buildkit
  if (value.spec.podName !== pod.name) edits.set(at, { ...edits.get(at), text: setPodName(item, pod.name) })
  if (isUpToDate) return
  if (existing)
    edits.set(existing.at, {
      ...edits.get(existing.at),
      text: write(pod, bookkeepingOf(existing.value)) + trailingLines(existing.item.text),
    })
  else edits.set(at, { ...edits.get(at), after: write(pod, originAnnotations(origin)) })
}

function bookkeepingOf({ metadata }: KubernetesObject): Record<string, string> {
  return Object.fromEntries(Object.entries(metadata.annotations ?? {}).filter(([key]) => isOrchestratorAnnotation(key)))
}

/** Where a template is a file of a package in place, dropping it would delete the file: it is marked as not for clusters instead. */
function dropTemplate(edits: Map<number, Edit>, { at, item }: Source<unknown>): void {
  if (isLocalConfig(item)) return
  edits.set(at, { text: item.origin ? setField(item.text, LOCAL_CONFIG, 'true') : trailingLines(item.text) })
}
