import { canonicalQuantity, parseQuantity, type Quantity } from '../upstream/kubernetes/quantity.ts'
import type { Amounts, PoolDemand } from './demand.ts'
import type { Costs } from './prices.ts'

/** Each once, those first that every builder has. */
export function resourceNames(all: readonly string[]): readonly string[] {
  const names = new Set(all)
  const first = ['cpu', 'memory', 'ephemeral-storage']
  return [...first.filter((name) => names.has(name)), ...[...names].filter((name) => !first.includes(name)).sort()]
}

/** What builders request where the change moves it: nodes, resource, and the amounts before, during and after the roll. */
export function demandRows(demand: readonly PoolDemand[]): readonly (readonly [nodes: string, ...string[]])[] {
  return demand.flatMap(({ nodes, before, during, after }) => {
    const moments = [before, during, after]
    const names = resourceNames(moments.flatMap((amounts) => [...amounts.keys()]))
    return names
      .map((name) => ({ name, amounts: moments.map((amounts) => amounts.get(name) ?? NONE) }))
      .filter(({ amounts }) => new Set(amounts.map(({ amount }) => amount)).size > 1)
      .map(({ name, amounts }) => [nodes, name, ...inOneUnit(amounts)] as const)
  })
}

const NONE: Quantity = { amount: 0n, isBinary: false, isExponent: false }

export function amountOf(amounts: Amounts, name: string): string {
  return canonicalQuantity(amounts.get(name) ?? NONE)
}

/** Amounts in the unit of the largest of them, with up to three decimals: `12.5` and `13`, not `12500m` and `13`. */
function inOneUnit(amounts: readonly Quantity[]): readonly string[] {
  const texts = amounts.map(canonicalQuantity)
  const units = new Set(texts.filter((text) => text !== '0').map(unitOf))
  const [first] = [...units].map((unit) => ({ unit, size: sizeOf(unit) })).sort((a, b) => b.size - a.size)
  if (!first || units.size === 1 || amounts.some(({ isExponent }) => isExponent)) return texts
  const decimals = amounts.map(({ amount }) => Number((Number(amount) / first.size).toFixed(3)))
  return decimals.map((decimal) => (decimal === 0 ? '0' : `${decimal}${first.unit}`))
}

function unitOf(text: string): string {
  return text.replace(/^[\d.]+/, '')
}

function sizeOf(unit: string): number {
  return Number(parseQuantity(`1${unit}`)?.amount ?? 1n)
}

/** `Requests cost 1,310.00 EUR a month instead of 1,200.00. During the roll, an hour costs 3.20 EUR more than after it.` */
export function costsInWords({ currency, before, after, rollHour, unpriced }: Costs): string {
  const change = before === after ? ', as before' : ` instead of ${money(before)}`
  const roll = rollHour > 0 ? ` During the roll, an hour costs ${money(rollHour)} ${currency} more than after it.` : ''
  const nodes = unpriced.map((one) => (one ? `nodes with ${one}` : 'builders without a nodeSelector')).join('; ')
  const missing = nodes && ` The price list has no price for ${nodes}; they are not in the sum.`
  return `Requests cost ${money(after)} ${currency} a month${change}.${roll}${missing}`
}

/** With two decimals; the same for every locale. */
function money(value: number): string {
  return value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
}
