import { grouped } from '../common/collections.ts'
import type { RenderConfig } from '../config/render-config.ts'
import type { Item } from '../input/item.ts'
import { copyFindings, duplicateFindings, overwrittenFindings } from '../render/by-hand.ts'
import { claimFindings } from '../render/claim-findings.ts'
import { conflicts } from '../render/conflicts.ts'
import type { Kind } from '../render/kinds.ts'
import { leftOutResults, prunedResults } from '../render/leaving.ts'
import { leftOutOfKustomizations } from '../render/left-out-of-kustomizations.ts'
import { outOfDate } from '../render/out-of-date.ts'
import { patchFindings } from '../render/patch-findings.ts'
import { type Plan, planOf } from '../render/plan.ts'
import { resolve } from '../render/resolve.ts'
import { type Selection, select } from '../render/select.ts'
import { type Finding, hasError } from '../results/finding.ts'
import { counted, sorted } from '../results/findings.ts'
import { factsOf } from '../rules/facts/facts-of.ts'
import { judge } from '../rules/judge.ts'
import { cleaningEdits, editsOf, type ItemEdits, type Layout } from './edits.ts'

/** What rendering makes of items: edits, and what it has to say. */
export interface Rendering {
  readonly edits: ItemEdits
  readonly results: readonly Finding[]
  readonly counts: Counts
}

/** What rendering decides, before anything is written. */
export interface Decision {
  readonly selection: Selection
  readonly plan: Plan
  /** One for each object, not yet `counted`. */
  readonly results: readonly Finding[]
}

/** How many there are of each kind. */
export interface Counts {
  /** What is rendered, by kind. */
  readonly objects: ReadonlyMap<Kind, number>
  readonly buildkits: number
  readonly templates: number
}

/** How many objects a plan wants of each kind. */
export function countsOf({ wanted, shared }: Plan): Counts['objects'] {
  const kinds = [...wanted.flatMap(({ beside }) => beside), ...shared].map(({ contents }) => contents.kind)
  const byKind = grouped(kinds, (kind) => kind)
  return new Map<Kind, number>([
    ['Pod', wanted.reduce((count, { pods }) => count + pods.length, 0)],
    ...[...byKind].map(([kind, all]) => [kind, all.length] as const),
  ])
}

/** Renders the Buildkits among `items`. Invariant: a failed render writes nothing: with an error there are no edits. */
export function render(items: readonly Item[], config: RenderConfig, layout: Layout): Rendering {
  // A stream has no files that a kustomization could leave out.
  const isInPlace = layout !== 'document' && config.mode !== 'clean'
  const { selection, plan, results: found } = decide(items, config, { isInPlace })
  const written = hasError(found) ? [] : resultsOfWriting(plan, config, layout)
  const results = counted(sorted([...found, ...written], items))
  const { buildkits, templates } = selection
  const counts = { objects: countsOf(plan), buildkits: buildkits.length, templates: templates.length }
  if (hasError(results) || config.mode === 'check') return { edits: new Map(), results, counts }
  const isClean = config.mode === 'clean'
  const { edits, findings } = isClean
    ? cleaningEdits(selection, layout)
    : editsOf(plan, config.dropTemplates ? templates : [], layout)
  if (findings.length > 0) return { edits: new Map(), results: counted(findings), counts }
  return { edits, results: isClean ? prunedResults(selection.rendered) : results, counts }
}

/** Where a decision is made. */
interface Setting {
  /** Whether somebody is told infos: who reviews, so that no render has something to say each time. */
  readonly isAdvised?: boolean
  /** Whether Pods are files of the package, beside their Buildkits. */
  readonly isInPlace?: boolean
}

/** The pipeline: select, resolve, expand, judge, prune. Nothing is read or written. */
export function decide(
  items: readonly Item[],
  config: RenderConfig,
  { isAdvised = config.mode === 'check', isInPlace = config.mode === 'check' }: Setting = {},
): Decision {
  const selection = select(items, config.templates)
  const { builders, results: unresolved } = resolve(selection)
  const plan = planOf(builders, selection, config)
  const mistakes = [
    ...selection.results,
    ...unresolved,
    ...patchFindings(builders, selection),
    ...judge(factsOf(selection, plan, config), { rules: config.rules, isAdvised }),
    ...(selection.rests.length > 0 ? judgedRests(selection, config, isAdvised) : []),
    ...conflicts(plan, selection),
    ...duplicateFindings(selection.rendered),
    ...(config.mode === 'clean' || (config.mode === 'render' && isInPlace) ? copyFindings(plan) : []),
    ...(config.mode === 'clean' ? [] : claimFindings(plan)),
    ...(isInPlace ? leftOutOfKustomizations(plan, selection) : []),
  ]
  const found = config.mode === 'check' ? [...mistakes, ...outOfDate(plan, selection)] : mistakes
  return { selection, plan, results: sorted(found, items) }
}

/** What rendering would decide, with the infos that whoever reviews gets. Nothing is compared with Pods in Git. */
export function reviewed(items: readonly Item[], config: RenderConfig): Decision {
  return decide(items, { ...config, mode: 'render' }, { isAdvised: true })
}

/** What rules say of templates that are not valid, as far as they are; what would be ignored in the rest is not known. */
function judgedRests(selection: Selection, config: RenderConfig, isAdvised: boolean): readonly Finding[] {
  const all = { ...selection, templates: [...selection.templates, ...selection.rests] }
  const plan = planOf(resolve(all).builders, all, config)
  const findings = judge(factsOf(all, plan, config), { rules: config.rules, isAdvised, isPartial: true })
  const items = new Set(selection.rests.map(({ item }) => item))
  return findings.filter(({ item }) => item && items.has(item))
}

/** What becomes of what nothing needs any more, and of what somebody has changed; an error says enough. */
function resultsOfWriting(plan: Plan, { mode }: RenderConfig, layout: Layout): readonly Finding[] {
  if (mode !== 'render') return []
  const left = layout === 'document' ? leftOutResults(plan.stale) : prunedResults(plan.stale)
  return [...left, ...overwrittenFindings(plan)]
}
