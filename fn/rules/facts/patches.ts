import { CONTAINER } from '../../../crds/names.ts'
import type { Path } from '../../../crds/validate.ts'
import { type Item, isMapping } from '../../input/item.ts'
import type { PackageFacts, TemplateFacts } from './facts.ts'

/** A `podSpecPatch`, of a template or of a Buildkit. */
export interface Patch {
  readonly item: Item
  /** That of the Buildkit, if it is one of a Buildkit. */
  readonly template: TemplateFacts
  readonly patch: Mapping
}

type Mapping = Readonly<Record<string, unknown>>

/** Where a patch is in its object. */
export const PATCH_FIELD = ['spec', 'podSpecPatch']

/** The patches of all templates, used or not, and of Buildkits. */
export function patchesIn({ templates, builders }: PackageFacts): readonly Patch[] {
  return [
    ...templates.flatMap((template) => patchOf(template.template.item, template, template.spec.podSpecPatch)),
    ...builders.flatMap(({ template, buildkits }) =>
      buildkits.flatMap(({ item, value }) => patchOf(item, template, value.spec.podSpecPatch)),
    ),
  ]
}

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
