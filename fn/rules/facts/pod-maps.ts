import type { Path } from '../../../crds/validate.ts'
import type { Item } from '../../input/item.ts'
import type { PackageFacts } from './facts.ts'

/** Labels or annotations that users give their Pods, and where they stand. */
export interface PodMap {
  readonly item: Item
  readonly path: Path
  readonly map: Readonly<Record<string, string>>
}

const NOTHING = {}

/** The labels or annotations of all templates and Buildkits, without those of a Buildkit that its template overrides. */
export function podMaps({ templates, builders }: PackageFacts, kind: 'labels' | 'annotations'): readonly PodMap[] {
  const field = kind === 'labels' ? 'podLabels' : 'podAnnotations'
  return [
    ...templates.map(({ template: { item }, spec }) => ({ item, path: ['spec', field], map: spec[field] ?? NOTHING })),
    ...builders.flatMap(({ template, buildkits }) => {
      const overrides = template.spec[field] ?? NOTHING
      return buildkits.map(({ item, value }) => {
        return { item, path: ['spec', kind], map: without(value.spec[kind] ?? NOTHING, overrides) }
      })
    }),
  ]
}

function without(map: PodMap['map'], overrides: PodMap['map']): PodMap['map'] {
  const entries = Object.entries(map).filter(([key]) => !Object.hasOwn(overrides, key))
  return entries.length === 0 ? NOTHING : Object.fromEntries(entries)
}

/** The annotations that templates give their Services. */
export function serviceAnnotationMaps({ templates }: PackageFacts): readonly PodMap[] {
  return templates.map(({ template: { item }, spec }) => {
    return { item, path: ['spec', 'service', 'annotations'], map: spec.service?.annotations ?? NOTHING }
  })
}

/** The labels or annotations of Buildkits and templates themselves, without those that get their text after rendering. */
export function objectMaps({ applied }: PackageFacts, kind: 'labels' | 'annotations'): readonly PodMap[] {
  return applied.map(({ item, value }) => {
    const entries = Object.entries(value.metadata[kind] ?? {}).filter((entry) => !entry.some(isSubstituted))
    return { item, path: ['metadata', kind], map: Object.fromEntries(entries) }
  })
}

/** Flux puts values in the place of `${…}` when it applies; in Pods it must not. */
function isSubstituted(text: string): boolean {
  return text.includes('${')
}
