import type { KubernetesObject } from '../input/item.ts'
import { objectId, type Source } from '../input/item.ts'
import type { Wanted } from '../render/plan.ts'
import { hardOf } from '../rules/facts/admission.ts'
import { totalOf } from '../rules/facts/demands.ts'
import { parseQuantity, type Quantity } from '../upstream/kubernetes/quantity.ts'
import { claimUsageOf, isOfClaims, usageOf } from '../upstream/kubernetes/resource-quota.ts'
import { atOnce, type Pair } from './at-once.ts'
import { cacheOf } from './cache-of.ts'

/** A ResourceQuota of the package that refuses Pods of this change. */
export interface Shortage {
  /** `namespace/name`. */
  readonly quota: string
  readonly resource: string
  readonly hard: Quantity
  /** What the builders of the namespace count for while both Pods of a builder exist, and after that. */
  readonly during: Quantity
  readonly after: Quantity
}

/** What has no room, by quota and resource. Pods that are not of builders count as well in a cluster, and are not known here. */
export function shortagesOf(quotas: readonly Source<KubernetesObject>[], pairs: readonly Pair[]): readonly Shortage[] {
  return quotas.flatMap((quota) => {
    const { namespace, name } = quota.value.metadata
    const own = pairs.filter(({ before, after }) => namespaceOf(after ?? before) === namespace)
    return [...hardOf(quota)].flatMap(([resource, hard]): readonly Shortage[] => {
      const amountIn = (pods: readonly Wanted[]) => ({ ...hard, amount: sumOf(pods, resource) })
      const during = amountIn(own.flatMap(atOnce))
      const after = amountIn(own.flatMap((pair) => (pair.after ? [pair.after] : [])))
      const isShort = during.amount > hard.amount || after.amount > hard.amount
      return isShort ? [{ quota: objectId(namespace, String(name)), resource, hard, during, after }] : []
    })
  })
}

function namespaceOf(wanted: Wanted | undefined): string | undefined {
  return wanted?.builder.buildkit.value.metadata.namespace
}

function sumOf(pods: readonly Wanted[], resource: string): bigint {
  return isOfClaims(resource)
    ? sum([...volumesOf(pods)].map((size) => claimUsageOf(size, resource).amount))
    : sum(pods.map(({ pod }) => usageOf(totalOf(pod.spec), resource)?.amount ?? 0n))
}

/** The sizes of what Pods claim: a claim that two Pods share counts once. */
function volumesOf(pods: readonly Wanted[]): readonly Quantity[] {
  const sizes = new Map<string, Quantity>()
  for (const wanted of pods) {
    const { cache } = wanted.builder.template.value.spec
    const size = cache?.claim?.size ?? cache?.ephemeral?.size
    if (size === undefined) continue
    const owner = `${namespaceOf(wanted)}/${cacheOf(wanted).place ?? wanted.pod.name}`
    sizes.set(owner, parseQuantity(size) as Quantity)
  }
  return [...sizes.values()]
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n)
}
