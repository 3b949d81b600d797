import type { Wanted } from '../render/plan.ts'
import { totalOf } from '../rules/facts/demands.ts'
import { canonicalQuantity, type Quantity } from '../upstream/kubernetes/quantity.ts'

/** Amounts by the names of their resources, as the API server would store them. */
export type Amounts = ReadonlyMap<string, Quantity>

/** What builders request that select the same nodes. */
export interface PoolDemand {
  /** As `nodeSelector` has them: `kubernetes.io/arch=arm64`; empty for any node. */
  readonly nodes: string
  readonly before: Amounts
  /** While all changed builders have two Pods at once, as far as they may. */
  readonly during: Amounts
  readonly after: Amounts
}

/** A builder before and after; one of both is missing for a builder that comes or goes. */
export interface Pair {
  readonly before?: Wanted | undefined
  readonly after?: Wanted | undefined
}

type Moment = 'before' | 'during' | 'after'

/** What all builders of a package request, by the nodes that they select. */
export function demandOf(pairs: readonly Pair[]): readonly PoolDemand[] {
  const pools = new Map<string, Record<Moment, Map<string, Quantity>>>()
  const add = (moment: Moment, { pod }: Wanted) => {
    const nodes = nodesOf(pod.spec)
    const pool = pools.get(nodes) ?? { before: new Map(), during: new Map(), after: new Map() }
    pools.set(nodes, pool)
    for (const [name, quantity] of totalOf(pod.spec).requests) {
      const sum = pool[moment].get(name)
      pool[moment].set(name, sum ? { ...sum, amount: sum.amount + quantity.amount } : quantity)
    }
  }
  for (const { before, after } of pairs) {
    if (before) add('before', before)
    if (after) add('after', after)
    for (const pod of atOnce({ before, after })) add('during', pod)
  }
  return [...pools].map(([nodes, pool]) => ({ nodes, ...pool })).sort((a, b) => (a.nodes < b.nodes ? -1 : 1))
}

/** A builder that hands over has one Pod after the other; a builder that stays has one. */
function atOnce({ before, after }: Pair): readonly Wanted[] {
  const isSame = before?.pod.name === after?.pod.name
  const isInTurn = after?.pod.blueprint.handover === 'Recreate'
  if (!before || !after) return [before ?? after].filter((one) => one !== undefined)
  return isSame || isInTurn ? [after] : [before, after]
}

function nodesOf({ nodeSelector }: Readonly<Record<string, unknown>>): string {
  const labels = Object.entries((nodeSelector ?? {}) as Readonly<Record<string, string>>)
  return labels
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join(',')
}

/** `cpu 12, memory 48Gi`: what is in `RESOURCES`, and then all others. */
export function amountsInWords(amounts: Amounts): string {
  return [...amounts].map(([name, quantity]) => `${name} ${canonicalQuantity(quantity)}`).join(', ')
}
