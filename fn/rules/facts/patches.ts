import { CONTAINER } from '../../../crds/names.ts'
import type { Path } from '../../../crds/validate.ts'
import { oncePer } from '../../common/collections.ts'
import { type Item, isMapping, mappingsIn } from '../../input/item.ts'
import { PATCH_FIELD } from '../../patch/patch-field.ts'
import type { Step } from '../../upstream/kubernetes/pod-mistake.ts'
import type { BuilderFacts, PackageFacts, TemplateFacts } from './facts.ts'

/** A `podSpecPatch`, of a template or of a Buildkit. */
export interface Patch {
  readonly item: Item
  /** That of the Buildkit, if it is one of a Buildkit. */
  readonly template: TemplateFacts
  readonly patch: Mapping
}

type Mapping = Readonly<Record<string, unknown>>

/** The patches of all templates, used or not, and of Buildkits: six rules ask. */
export const patchesIn = oncePer(({ templates, builders }: PackageFacts): readonly Patch[] => {
  return [
    ...templates.flatMap((template) => patchOf(template.template.item, template, template.spec.podSpecPatch)),
    ...builders.flatMap(({ template, buildkits }) =>
      buildkits.flatMap(({ item, value }) => patchOf(item, template, value.spec.podSpecPatch)),
    ),
  ]
})

function patchOf(item: Item, template: TemplateFacts, patch: Mapping | undefined): readonly Patch[] {
  return patch ? [{ item, template, patch }] : []
}

/** Something in a patch, and the field that it is. */
export interface Patched {
  readonly value: Mapping
  readonly path: Path
}

/** The container of the builder, as far as a patch is about it. */
export function patchedContainer({ patch }: Patch): Patched | undefined {
  return mappingsAt(patch, 'containers', PATCH_FIELD).find(({ value }) => value.name === CONTAINER)
}

/** The environment variables that a patch sets in the container of the builder. */
export function patchedEnvironment(patch: Patch): readonly (Patched & { readonly name: string })[] {
  const container = patchedContainer(patch)
  if (!container) return []
  return mappingsAt(container.value, 'env', container.path).flatMap(({ value, path }) => {
    return typeof value.name === 'string' && value.$patch !== 'delete' ? [{ value, path, name: value.name }] : []
  })
}

function mappingsAt(object: Mapping, field: string, path: Path): readonly Patched[] {
  const list = object[field]
  if (!Array.isArray(list)) return []
  return list.flatMap((value: unknown, at) => (isMapping(value) ? [{ value, path: [...path, field, at] }] : []))
}

/** Where the patches of a builder speak of something, as exactly as one of them does; the Buildkit's goes first, because it is merged last. */
export function placeInPatches({ template, buildkits }: BuilderFacts, steps: readonly Step[]): Place {
  const [buildkit] = buildkits
  const patches = [
    ...(buildkit ? patchOf(buildkit.item, template, buildkit.value.spec.podSpecPatch) : []),
    ...patchOf(template.template.item, template, template.spec.podSpecPatch),
  ]
  const found = patches.map(({ item, patch }) => ({ item, path: [...PATCH_FIELD, ...pathOf(patch, steps)] }))
  const [best] = found.sort((a, b) => b.path.length - a.path.length)
  return best ?? { item: template.template.item, path: PATCH_FIELD }
}

interface Place {
  readonly item: Item
  readonly path: Path
}

function pathOf(patch: Mapping, steps: readonly Step[]): Path {
  const path: (string | number)[] = []
  let at: unknown = patch
  for (const step of steps) {
    const key = typeof step === 'object' ? indexOf(at, step) : step
    const next = isMapping(at) || Array.isArray(at) ? (at as Record<string | number, unknown>)[key] : undefined
    if (next === undefined) break
    path.push(key)
    at = next
  }
  return path
}

function indexOf(list: unknown, [key, value]: readonly [string, unknown]): number {
  return Array.isArray(list) ? list.findIndex((item) => isMapping(item) && item[key] === value) : -1
}

/** The containers of a builder's Pod as they are merged, those that start it first, each with the field that it is in. */
export function containersOf({ blueprint: { spec } }: BuilderFacts): readonly (Mapping & { readonly list: string })[] {
  return ['initContainers', 'containers'].flatMap((list) => mappingsIn(spec[list]).map((one) => ({ ...one, list })))
}
