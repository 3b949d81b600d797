import type { Path } from '../../../crds/validate.ts'
import type { Item } from '../../input/item.ts'
import type { PackageFacts } from './facts.ts'

/** Labels or annotations that users give their Pods, and where they stand. */
export interface PodMap {
  readonly item: Item
  readonly path: Path
  readonly map: Readonly<Record<string, string>>
}

type Strings = PodMap['map']

/** The labels or annotations of all templates and Buildkits that have some, without those of a Buildkit that its template overrides. */
export function podMaps({ templates, builders }: PackageFacts, kind: 'labels' | 'annotations'): readonly PodMap[] {
  const field = kind === 'labels' ? 'podLabels' : 'podAnnotations'
  return [
    ...templates.flatMap(({ template: { item }, spec }) => podMap(item, ['spec', field], spec[field])),
    ...builders.flatMap(({ template, buildkits }) =>
      buildkits.flatMap(({ item, value }) => {
        const map = value.spec[kind]
        return map ? podMap(item, ['spec', kind], without(map, template.spec[field])) : []
      }),
    ),
  ]
}

function podMap(item: Item, path: Path, map: Strings = {}): readonly PodMap[] {
  return Object.keys(map).length === 0 ? [] : [{ item, path, map }]
}

function without(map: Strings, overrides: Strings = {}): Strings {
  return Object.fromEntries(Object.entries(map).filter(([key]) => !Object.hasOwn(overrides, key)))
}

/** The annotations that templates give their Services. */
export function serviceAnnotationMaps({ templates }: PackageFacts): readonly PodMap[] {
  return templates.flatMap(({ template: { item }, spec }) =>
    podMap(item, ['spec', 'service', 'annotations'], spec.service?.annotations),
  )
}

/** The labels or annotations of Buildkits and templates themselves, without those that get their text after rendering. */
export function objectMaps({ applied }: PackageFacts, kind: 'labels' | 'annotations'): readonly PodMap[] {
  return applied.flatMap(({ item, value }) =>
    podMap(item, ['metadata', kind], withoutSubstituted(value.metadata[kind])),
  )
}

/** Flux puts values in the place of `${…}` when it applies; in Pods it must not. */
function withoutSubstituted(map: Strings = {}): Strings {
  const keys = Object.keys(map)
  const left = keys.filter((key) => !key.includes('${') && !map[key]?.includes('${'))
  return left.length === keys.length ? map : Object.fromEntries(left.map((key) => [key, map[key] as string]))
}
