import { oncePer } from '../../common/collections.ts'
import type { Item } from '../../input/item.ts'
import {
  isRestricted,
  type NetworkPolicy,
  networkPolicyOf,
  type Port,
} from '../../upstream/kubernetes/network-policy.ts'
import type { PackageFacts } from './facts.ts'
import { type Selected, selectedBy } from './selected-by.ts'

/** A NetworkPolicy of the package. */
export interface PolicyObject extends NetworkPolicy {
  readonly item: Item
  readonly namespace: string | undefined
}

/** Builders that are alike, of one namespace, and that the same policies select. */
export interface Policed extends Omit<Selected<PolicyObject>, 'by'> {
  readonly policies: readonly PolicyObject[]
}

/** The NetworkPolicies of a package and whom they select. */
interface Policing {
  readonly policies: readonly PolicyObject[]
  /** Nothing where there are no policies. */
  readonly groups: readonly Policed[]
}

/** The NetworkPolicies of a package and whom they select: seven rules ask, of 10,000 builders perhaps. */
export const policed = oncePer(policingOf)

function policingOf({ builders, networkPolicies }: PackageFacts): Policing {
  const policies = networkPolicies.flatMap(({ item, value }): readonly PolicyObject[] => {
    const meaning = networkPolicyOf(value.spec)
    return meaning ? [{ ...meaning, item, namespace: value.metadata.namespace }] : []
  })
  if (policies.length === 0) return { policies, groups: [] }
  const groups = selectedBy(builders, policies).map(({ by, ...group }) => ({ ...group, policies: by }))
  return { policies, groups }
}

/** Whether there are builders among `groups`, and policies keep somebody out of a port of each. */
export function areRestricted(groups: readonly Policed[], port: Port): boolean {
  return groups.length > 0 && groups.every(({ policies }) => isRestricted(policies, port))
}
