import { grouped } from '../common/collections.ts'
import { greater, totalOf } from '../rules/facts/demands.ts'
import type { Quantity } from '../upstream/kubernetes/quantity.ts'
import { onNodes, type Pair } from './at-once.ts'
import { type OnePod, podsOf } from './one-pod.ts'

/** Amounts by the names of their resources, as the API server would store them. */
export type Amounts = ReadonlyMap<string, Quantity>

/** What builders request that select the same nodes. */
export interface PoolDemand {
  /** As `nodeSelector` has them: `kubernetes.io/arch=arm64`; empty for any node. */
  readonly nodes: string
  readonly before: Amounts
  /** While all changed builders have two Pods; of two that a node has one after the other, the larger counts. */
  readonly during: Amounts
  readonly after: Amounts
}

type Moment = 'before' | 'during' | 'after'

/** What all builders of a package request, by the nodes that they select. */
export function demandOf(pairs: readonly Pair[]): readonly PoolDemand[] {
  const pools = new Map<string, Record<Moment, Map<string, Quantity>>>()
  const add = (moment: Moment, pods: readonly OnePod[]) => {
    for (const [nodes, most] of mostOf(pods)) {
      const pool = pools.get(nodes) ?? { before: new Map(), during: new Map(), after: new Map() }
      pools.set(nodes, pool)
      for (const [name, quantity] of most) {
        const sum = pool[moment].get(name)
        pool[moment].set(name, sum ? { ...sum, amount: sum.amount + quantity.amount } : quantity)
      }
    }
  }
  for (const { before, after } of pairs) {
    for (const pod of podsOf(before)) add('before', [pod])
    for (const pod of podsOf(after)) add('after', [pod])
    for (const pods of onNodes({ before, after })) add('during', pods)
  }
  return [...pools].map(([nodes, pool]) => ({ nodes, ...pool })).sort((a, b) => (a.nodes < b.nodes ? -1 : 1))
}

/** The most that one of these Pods requests, by nodes. */
function mostOf(pods: readonly OnePod[]): ReadonlyMap<string, Amounts> {
  const byNodes = grouped(pods, ({ pod }) => nodesOf(pod.spec))
  return new Map(
    [...byNodes].map(([nodes, group]) => {
      const requests = group.map(({ pod }) => totalOf(pod.spec).requests)
      return [nodes, requests.reduce(greater)] as const
    }),
  )
}

function nodesOf({ nodeSelector }: Readonly<Record<string, unknown>>): string {
  const labels = Object.entries((nodeSelector ?? {}) as Readonly<Record<string, string>>)
  return labels
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join(',')
}
