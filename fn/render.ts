import { conflicts } from './conflicts.ts'
import { cleaningEdits, type Edits, editsOf } from './edits.ts'
import type { Item } from './item.ts'
import { outOfDate } from './out-of-date.ts'
import { planOf } from './plan.ts'
import type { Layout } from './pod-writer.ts'
import { prunedResults } from './pruned-results.ts'
import type { RenderConfig } from './render-config.ts'
import { resolve } from './resolve.ts'
import { type Result, sorted } from './results.ts'
import { select } from './select.ts'

/** What rendering makes of items: edits, and what it has to say. */
export interface Rendering {
  readonly edits: Edits
  readonly results: readonly Result[]
  readonly counts: { readonly pods: number; readonly buildkits: number; readonly templates: number }
}

/** Renders the Buildkits among `items`. Invariant: a failed render writes nothing: with an error there are no edits. */
export function render(items: readonly Item[], config: RenderConfig, layout: Layout): Rendering {
  const selection = select(items, config.templates)
  const { builders, results: unresolved } = resolve(selection)
  const plan = planOf(builders, selection, config)
  const mistakes = [...selection.results, ...unresolved, ...plan.results, ...conflicts(plan, selection)]
  const counts = {
    pods: plan.wanted.length,
    buildkits: selection.buildkits.length,
    templates: selection.templates.length,
  }
  if (hasError(mistakes)) return { edits: new Map(), results: sorted(mistakes), counts }
  if (config.mode === 'clean')
    return { edits: cleaningEdits(selection), results: prunedResults(selection.pods), counts: { ...counts, pods: 0 } }
  if (config.mode === 'check') return { edits: new Map(), results: sorted([...mistakes, ...outOfDate(plan)]), counts }
  return {
    edits: editsOf(plan, config.dropTemplates ? selection.templates : [], layout),
    results: sorted([...mistakes, ...prunedResults(plan.stale)]),
    counts,
  }
}

/** Whether there is an error among `results`: exactly then the exit code is 1. */
export function hasError(results: readonly Result[]): boolean {
  return results.some(({ severity }) => severity === 'error')
}
