import type { PolicyPeer, PolicyRule } from './network-policy.ts'

/** Whether a rule keeps nobody out of the ports that it opens. */
export function letsEverybodyIn({ peers }: PolicyRule): boolean {
  return peers.length === 0 || peers.some(isEverybody)
}

function isEverybody({ ipBlock, namespaceSelector, podSelector }: PolicyPeer): boolean {
  if (ipBlock) return /\/0$/.test(ipBlock.cidr) && !ipBlock.except
  return isAll(namespaceSelector) && (!podSelector || isAll(podSelector))
}

function isAll(selector: PolicyPeer['podSelector']): boolean {
  if (!selector) return false
  return Object.keys(selector.matchLabels ?? {}).length === 0 && !selector.matchExpressions?.length
}
