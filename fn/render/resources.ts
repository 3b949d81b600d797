import type { BuildkitTemplate } from '../../crds/buildkit-template.ts'
import type { Path } from '../../crds/validate.ts'
import { canonicalQuantity, parseQuantity, type Quantity } from '../upstream/kubernetes/quantity.ts'

type TemplateResources = BuildkitTemplate['spec']['resources']
type Requirements = TemplateResources['default']
type Quantities = Readonly<Record<string, string | number>>

/** A container's resources, each quantity as the API server stores it. */
export interface Resources {
  readonly requests?: Readonly<Record<string, string>>
  readonly limits?: Readonly<Record<string, string>>
}

/** One amount in a container's resources. */
export interface Amount {
  readonly list: 'requests' | 'limits'
  /** Of the resource: `memory`. */
  readonly name: string
  /** As the API server stores it. */
  readonly text: string
  readonly quantity: Quantity
  /** The user's field that it comes from. */
  readonly field: AmountField
}

interface AmountField {
  readonly of: 'Buildkit' | 'BuildkitTemplate'
  readonly path: Path
}

/** An amount that was lowered to another one, which came from another field. */
export interface Cap {
  readonly from: Amount
  readonly to: Amount
}

/**
 * The template's default resources with a Buildkit's own on top, key by key, as the operator computes them: a limit missing takes
 * `maximum`, limits are capped at `maximum` and requests at limits.
 */
export function resourcesOf(
  template: TemplateResources,
  own: Requirements,
): { readonly resources: Resources; readonly amounts: readonly Amount[]; readonly caps: readonly Cap[] } {
  const maximum = amountsIn('limits', template.maximum, templateField('maximum'))
  const wanted = (list: Amount['list']) => [
    ...amountsIn(list, template.default?.[list], templateField('default', list)),
    ...amountsIn(list, own?.[list], { of: 'Buildkit', path: ['spec', 'resources', list] }),
  ]
  const limits = capped([...maximum, ...wanted('limits')], maximum)
  const requests = capped(wanted('requests'), limits.amounts)
  return {
    resources: {
      ...(requests.amounts.length > 0 && { requests: recordOf(requests.amounts) }),
      ...(limits.amounts.length > 0 && { limits: recordOf(limits.amounts) }),
    },
    amounts: [...requests.amounts, ...limits.amounts],
    caps: [...limits.caps, ...requests.caps],
  }
}

function templateField(...path: readonly string[]): AmountField {
  return { of: 'BuildkitTemplate', path: ['spec', 'resources', ...path] }
}

function amountsIn(
  list: Amount['list'],
  quantities: Quantities | undefined,
  { of, path }: AmountField,
): readonly Amount[] {
  return Object.entries(quantities ?? {}).map(([name, source]) => {
    const quantity = parseQuantity(source) as Quantity
    return { list, name, text: canonicalQuantity(quantity), quantity, field: { of, path: [...path, name] } }
  })
}

/** Of the amounts of each resource the last, or the most that it may be; sorted by their names. */
function capped(
  wanted: readonly Amount[],
  most: readonly Amount[],
): Pick<ReturnType<typeof resourcesOf>, 'amounts' | 'caps'> {
  const limits = byName(most)
  const caps: Cap[] = []
  const amounts = [...byName(wanted).values()].map((from) => {
    const to = limits.get(from.name)
    if (!to || from.quantity.amount <= to.quantity.amount) return from
    caps.push({ from, to })
    return { ...to, list: from.list }
  })
  return { amounts: amounts.sort((a, b) => (a.name < b.name ? -1 : 1)), caps }
}

function byName(amounts: readonly Amount[]): ReadonlyMap<string, Amount> {
  return new Map(amounts.map((amount) => [amount.name, amount]))
}

function recordOf(amounts: readonly Amount[]): Record<string, string> {
  return Object.fromEntries(amounts.map(({ name, text }) => [name, text]))
}
