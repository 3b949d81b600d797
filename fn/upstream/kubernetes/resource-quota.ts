import type { Demand } from './demand.ts'
import type { Quantity } from './quantity.ts'

const ONE: Quantity = { amount: 10n ** 9n, isBinary: false, isExponent: false }
const MUST_BE_SET = /^(?:(?:requests|limits)\.)?(?:cpu|memory)$/

interface Resource {
  readonly list: 'requests' | 'limits'
  readonly resource: string
}

/** What a Pod counts for in a quota of this name (podComputeUsageHelper in pkg/quota/v1/evaluator/core/pods.go). */
export function usageOf(demand: Demand, name: string): Quantity | undefined {
  if (name === 'pods' || name === 'count/pods') return ONE
  const { list, resource } = resourceOf(name)
  return demand[list].get(resource)
}

/** Whether a quota of this name is on PersistentVolumeClaims (pkg/quota/v1/evaluator/core/persistent_volume_claims.go). */
export function isOfClaims(name: string): boolean {
  return name === 'requests.storage' || name === 'persistentvolumeclaims' || name === 'count/persistentvolumeclaims'
}

/** What a claim of this size counts for in such a quota. */
export function claimUsageOf(size: Quantity, name: string): Quantity {
  return name === 'requests.storage' ? size : ONE
}

/** What every Pod must set under a quota of this name; undefined where it need not (Constraints, in the same file). */
export function requiredBy(name: string): Resource | undefined {
  return MUST_BE_SET.test(name) ? resourceOf(name) : undefined
}

function resourceOf(name: string): Resource {
  const [, list, resource = name] = /^(requests|limits)\.(.+)$/.exec(name) ?? []
  return { list: list === 'limits' ? 'limits' : 'requests', resource }
}
