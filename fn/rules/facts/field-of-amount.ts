import type { Path } from '../../../crds/validate.ts'
import type { Item } from '../../input/item.ts'
import type { Amount } from '../../render/resources.ts'
import type { BuilderFacts } from './facts.ts'

/** The user's field that an amount of a builder comes from: of the Buildkit, the template's default or its maximum. */
export function fieldOfAmount(
  { template, buildkits: [buildkit] }: BuilderFacts,
  { field: { of, path } }: Amount,
): { readonly item: Item; readonly path: Path } {
  const { item } = of === 'Buildkit' && buildkit ? buildkit : template.template
  return { item, path }
}
