import type { BuildkitTemplate } from '../crds/buildkit-template.ts'
import { canonicalQuantity, parseQuantity, type Quantity } from './quantity.ts'

type TemplateResources = BuildkitTemplate['spec']['resources']
type Requirements = TemplateResources['default']
type Quantities = Readonly<Record<string, string | number>>

/** A container's resources, each quantity as the API server stores it. */
export interface Resources {
  readonly requests?: Readonly<Record<string, string>>
  readonly limits?: Readonly<Record<string, string>>
}

/** A value that was lowered: `field` ("limits.memory") from what was asked for to what it became. */
export interface Cap {
  readonly field: string
  readonly from: string
  readonly to: string
}

/**
 * The template's default resources with a Buildkit's own on top, key by key, as the operator computes them: a limit missing takes
 * `maximum`, limits are capped at `maximum` and requests at limits.
 */
export function resourcesOf(
  template: TemplateResources,
  own: Requirements,
): { readonly resources: Resources; readonly caps: readonly Cap[] } {
  const caps: Cap[] = []
  const maximum = parsed(template.maximum)
  const limits = capped(
    { field: 'limits', caps },
    new Map([...maximum, ...parsed(template.default?.limits), ...parsed(own?.limits)]),
    maximum,
  )
  const requests = capped(
    { field: 'requests', caps },
    new Map([...parsed(template.default?.requests), ...parsed(own?.requests)]),
    limits,
  )
  return {
    resources: {
      ...(requests.size > 0 && { requests: written(requests) }),
      ...(limits.size > 0 && { limits: written(limits) }),
    },
    caps,
  }
}

function parsed(quantities: Quantities | undefined): Map<string, Quantity> {
  return new Map(Object.entries(quantities ?? {}).map(([name, source]) => [name, parseQuantity(source) as Quantity]))
}

function capped(
  { field, caps }: { readonly field: string; readonly caps: Cap[] },
  wanted: ReadonlyMap<string, Quantity>,
  most: ReadonlyMap<string, Quantity>,
): Map<string, Quantity> {
  const result = new Map<string, Quantity>()
  for (const [name, quantity] of wanted) {
    const limit = most.get(name)
    const isOver = limit !== undefined && quantity.amount > limit.amount
    if (isOver)
      caps.push({ field: `${field}.${name}`, from: canonicalQuantity(quantity), to: canonicalQuantity(limit) })
    result.set(name, isOver ? limit : quantity)
  }
  return result
}

function written(quantities: ReadonlyMap<string, Quantity>): Record<string, string> {
  const names = [...quantities.keys()].sort()
  return Object.fromEntries(names.map((name) => [name, canonicalQuantity(quantities.get(name) as Quantity)]))
}
