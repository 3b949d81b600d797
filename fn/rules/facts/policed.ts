import { oncePer } from '../../common/once-per.ts'
import { type NetworkPolicy, networkPolicyOf } from '../../upstream/kubernetes/network-policy.ts'
import type { PackageFacts } from './facts.ts'
import { type Selected, selectedBy } from './selected-by.ts'

/** Builders that are alike, of one namespace, and that the same policies select. */
export interface Policed extends Omit<Selected<NetworkPolicy>, 'by'> {
  readonly policies: readonly NetworkPolicy[]
}

/** The NetworkPolicies of a package and whom they select. */
interface Policing {
  readonly policies: readonly NetworkPolicy[]
  /** Nothing where there are no policies. */
  readonly groups: readonly Policed[]
}

/** The NetworkPolicies of a package and whom they select: seven rules ask, of 10,000 builders perhaps. */
export const policed = oncePer(policingOf)

function policingOf({ builders, networkPolicies }: PackageFacts): Policing {
  const policies = networkPolicies.flatMap((source) => networkPolicyOf(source) ?? [])
  if (policies.length === 0) return { policies, groups: [] }
  const groups = selectedBy(builders, policies).map(({ by, ...group }) => ({ ...group, policies: by }))
  return { policies, groups }
}
