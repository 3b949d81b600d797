import { letsEverybodyIn } from '../../upstream/kubernetes/lets-everybody-in.ts'
import { letsIn } from '../../upstream/kubernetes/lets-in.ts'
import type { NetworkPolicy } from '../../upstream/kubernetes/network-policy.ts'
import type { Policed } from './policed.ts'

/** A port of builders, and the name that it may have. */
interface Port {
  readonly number: number
  readonly name?: string
}

/** Whether these policies together keep somebody out of a port of the Pods that they select. */
function isRestricted(policies: readonly NetworkPolicy[], { number, name }: Port): boolean {
  const rules = policies.flatMap(({ ingress }) => ingress ?? [])
  const isOpen = rules.some((rule) => letsEverybodyIn(rule) && letsIn(rule, number, name))
  return policies.some(({ ingress }) => ingress) && !isOpen
}

/** Whether there are builders among `groups`, and policies keep somebody out of a port of each. */
export function areRestricted(groups: readonly Policed[], port: Port): boolean {
  return groups.length > 0 && groups.every(({ policies }) => isRestricted(policies, port))
}
