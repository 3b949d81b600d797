import type { KubernetesObject } from '../input/item.ts'
import { objectId, type Source } from '../input/item.ts'
import type { Wanted } from '../render/plan.ts'
import { hardOf } from '../rules/facts/admission.ts'
import { totalOf } from '../rules/facts/demands.ts'
import { parseQuantity, type Quantity } from '../upstream/kubernetes/quantity.ts'
import { claimUsageOf, isOfClaims, usageOf } from '../upstream/kubernetes/resource-quota.ts'
import { existing, type Pair } from './at-once.ts'
import { cacheOf } from './cache-of.ts'
import { type OnePod, podsOf } from './one-pod.ts'

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

/** What the change leaves no room for, by quota and resource. Pods that are not of builders count as well in a cluster, and are not known here. */
export function shortagesOf(quotas: readonly Source<KubernetesObject>[], pairs: readonly Pair[]): readonly Shortage[] {
  return quotas.flatMap((quota) => {
    const { namespace, name } = quota.value.metadata
    const own = pairs.filter(({ before, after }) => namespaceOf(after ?? before) === namespace)
    return [...hardOf(quota)].flatMap(([resource, hard]): readonly Shortage[] => {
      const [before, during, after] = amountsOf(own, resource)
      // A quota that was too small before is for the rule BK705.
      if (during <= hard.amount || during <= before) return []
      const id = objectId(namespace, String(name))
      return [{ quota: id, resource, hard, during: { ...hard, amount: during }, after: { ...hard, amount: after } }]
    })
  })
}

function namespaceOf(wanted: Wanted | undefined): string | undefined {
  return wanted?.builder.buildkit.value.metadata.namespace
}

type Amounts = readonly [before: bigint, during: bigint, after: bigint]

function amountsOf(pairs: readonly Pair[], resource: string): Amounts {
  const before = pairs.flatMap((pair) => podsOf(pair.before))
  const after = pairs.flatMap((pair) => podsOf(pair.after))
  const during = pairs.flatMap(existing)
  const ofClass = STORAGE_CLASS.exec(resource)
  const name = ofClass?.[2] ?? resource
  if (!isOfClaims(name)) return [podsSum(before, name), podsSum(during, name), podsSum(after, name)]
  // A claim that nothing needs any more stays until its Pod has ended.
  const claiming = [...before, ...after].filter(({ builder }) => builder.template.value.spec.cache?.claim)
  const claimsSum = (pods: readonly OnePod[]) =>
    sum(sizesOf(pods, ofClass?.[1]).map((size) => claimUsageOf(size, name).amount))
  return [claimsSum(before), claimsSum([...claiming, ...during]), claimsSum(after)]
}

function podsSum(pods: readonly OnePod[], resource: string): bigint {
  return sum(pods.map(({ pod }) => usageOf(totalOf(pod.spec), resource)?.amount ?? 0n))
}

/** As Kubernetes names the quota of a StorageClass (pkg/quota/v1/evaluator/core/persistent_volume_claims.go). */
const STORAGE_CLASS = /^(.+)\.storageclass\.storage\.k8s\.io\/(.+)$/

/** The sizes of what Pods claim, of one StorageClass or of all: a claim that two Pods share counts once. */
function sizesOf(pods: readonly OnePod[], storageClass: string | undefined): readonly Quantity[] {
  const sizes = new Map<string, Quantity>()
  for (const one of pods) {
    const { cache } = one.builder.template.value.spec
    const volume = cache?.claim ?? cache?.ephemeral
    if (!volume || (storageClass !== undefined && volume.storageClassName !== storageClass)) continue
    const owner = `${one.pod.namespace}/${cacheOf(one).place ?? one.pod.name}`
    sizes.set(owner, parseQuantity(volume.size) as Quantity)
  }
  return [...sizes.values()]
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n)
}
