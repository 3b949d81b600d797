import { pathText } from '../../../crds/issues/field-path.ts'
import type { Item } from '../../item.ts'
import { canonicalQuantity, parseQuantity, type Quantity } from '../../quantity.ts'
import type { Resources } from '../../resources.ts'
import type { BuilderFacts } from '../facts.ts'

/** One amount in a container's resources. */
export interface Amount {
  readonly list: 'requests' | 'limits'
  /** Of the resource: `memory`. */
  readonly name: string
  readonly text: string
  readonly quantity: Quantity
}

/** The amounts that a builder's container has in the end, after all lowering. */
export function amountsOf({ blueprint }: BuilderFacts): readonly Amount[] {
  const [container] = blueprint.spec.containers as readonly { readonly resources?: Resources }[]
  return (['requests', 'limits'] as const).flatMap((list) =>
    Object.entries(container?.resources?.[list] ?? {}).map(([name, text]) => {
      return { list, name, text, quantity: parseQuantity(text) as Quantity }
    }),
  )
}

/** The user's field from which an amount came: of the Buildkit, the template's default or its maximum. */
export function fieldOfAmount(
  builder: BuilderFacts,
  { list, name, text }: Pick<Amount, 'list' | 'name' | 'text'>,
): { readonly item: Item; readonly path: string } {
  const { template, buildkits } = builder
  const { resources } = template.spec
  const [buildkit] = buildkits
  const isSame = (source: string | number | undefined) => source !== undefined && canonical(source) === text
  if (buildkit && isSame(buildkit.value.spec.resources?.[list]?.[name]))
    return { item: buildkit.item, path: pathText(['spec', 'resources', list, name]) }
  const { item } = template.template
  if (isSame(resources.default?.[list]?.[name]))
    return { item, path: pathText(['spec', 'resources', 'default', list, name]) }
  // A request that was lowered has come from its limit.
  if (list === 'requests') return fieldOfAmount(builder, { list: 'limits', name, text })
  return { item, path: pathText(['spec', 'resources', 'maximum', name]) }
}

function canonical(source: string | number): string | undefined {
  const quantity = parseQuantity(source)
  return quantity && canonicalQuantity(quantity)
}
