import * as z from 'zod/mini'
import { type Path, validate } from '../../crds/validate.ts'
import type { Amounts, PoolDemand } from './demand.ts'

/** A price list, which its user writes: there are no prices in this program. */
export interface PriceList {
  /** Such as `EUR`; only shown. */
  readonly currency: string
  readonly prices: readonly Price[]
}

/** What an hour costs on nodes that have these labels, among those that a builder selects; the first price that fits counts. */
interface Price {
  readonly nodes: Readonly<Record<string, string>>
  readonly cpu: number
  readonly memoryGiB: number
}

/** What all builders cost in a month, and how much more an hour of the roll costs than one after it; with two decimals. */
export interface Costs {
  readonly currency: string
  readonly before: number
  readonly after: number
  readonly rollHour: number
  /** Nodes that no price is for. */
  readonly unpriced: readonly string[]
}

const PRICE_MAX = 1_000_000
const PRICE = `a price from 0 to ${PRICE_MAX}`
const amount = () => z.number().check(z.nonnegative(PRICE), z.lte(PRICE_MAX, PRICE))
const priceListSchema = () =>
  z.strictObject({
    currency: z.string().check(z.minLength(1, 'a name, such as EUR')),
    prices: z.array(
      z.strictObject({
        nodes: z._default(z.record(z.string(), z.string()), {}),
        cpu: amount(),
        memoryGiB: amount(),
      }),
    ),
  })

/** A price list as a file has it, or every mistake in it. */
export function parsePrices(
  value: unknown,
): { readonly value: PriceList } | { readonly issues: readonly { readonly path: Path; readonly message: string }[] } {
  return validate(priceListSchema(), value)
}

/** As cloud providers count a month. */
const HOURS_OF_MONTH = 730
const NANO = 1e9
const GIB = 2 ** 30

/** What requests cost. */
export function costsOf(demand: readonly PoolDemand[], { currency, prices }: PriceList): Costs {
  const priced = demand.flatMap((pool) => {
    const price = prices.find(({ nodes }) => fits(nodes, pool.nodes))
    return price ? [{ pool, price }] : []
  })
  const hourOf = (moment: 'before' | 'during' | 'after') =>
    priced.reduce((sum, { pool, price }) => sum + hour(pool[moment], price), 0)
  const [before, during, after] = [hourOf('before'), hourOf('during'), hourOf('after')]
  return {
    currency,
    before: inCents(before * HOURS_OF_MONTH),
    after: inCents(after * HOURS_OF_MONTH),
    rollHour: inCents(during - after),
    unpriced: demand.filter((pool) => !priced.some((one) => one.pool === pool)).map(({ nodes }) => nodes),
  }
}

function inCents(value: number): number {
  return Math.round(value * 100) / 100
}

function hour(amounts: Amounts, { cpu, memoryGiB }: Price): number {
  return baseOf(amounts, 'cpu') * cpu + (baseOf(amounts, 'memory') / GIB) * memoryGiB
}

function baseOf(amounts: Amounts, name: string): number {
  return Number(amounts.get(name)?.amount ?? 0n) / NANO
}

function fits(labels: Price['nodes'], nodes: string): boolean {
  const selected = nodes.split(',')
  return Object.entries(labels).every(([key, value]) => selected.includes(`${key}=${value}`))
}
