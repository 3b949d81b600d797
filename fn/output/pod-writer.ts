import { oncePer } from '../common/once-per.ts'
import type { Pod } from '../render/expand.ts'
import { emit } from '../yaml/emit.ts'

/** Where a Pod's text goes: an item of a sequence whose dashes stand in this column, or a document of its own. */
export type Layout = { readonly dashColumn: number } | 'document'

/**
 * Writes the YAML of Pods in one layout, the text of what Pods share only once. `bookkeeping` are an orchestrator's annotations;
 * a document goes to a cluster, and has none.
 */
export function podWriter(layout: Layout): (pod: Pod, bookkeeping: Readonly<Record<string, string>>) => string {
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
