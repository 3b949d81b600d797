import { BUILDKIT_LABEL } from '../../../crds/names.ts'
import { manifests } from '../example.ts'
import { hintsForBuilders, isMeantForBuilders } from '../facts/meant-for-builders.ts'
import { type PolicyObject, policed } from '../facts/network-policies.ts'
import type { Rule } from '../rule.ts'

/** A policy that is meant for builders, by its labels, and misses them. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'A NetworkPolicy is meant for builders, but selects none.',
    why: 'The policy has no effect: the clients that it is meant to block can build. Its selector has labels that no Pod in its namespace has, because of a typo or a rename, or because it was written for the Pods of a Deployment.',
    source: 'kubernetes v1.37.2, staging/src/k8s.io/api/networking/v1/types.go, NetworkPolicySpec',
    example: {
      wrong: manifests(
        { kind: 'BuildkitTemplate', metadata: { namespace: 'builders' } },
        { kind: 'Buildkit', metadata: { name: 'shop', namespace: 'builders' } },
        {
          apiVersion: 'networking.k8s.io/v1',
          kind: 'NetworkPolicy',
          metadata: { namespace: 'builders' },
          spec: { podSelector: { matchLabels: { [BUILDKIT_LABEL]: 'shopp' } } },
        },
      ),
      right: manifests(
        { kind: 'BuildkitTemplate', metadata: { namespace: 'builders' } },
        { kind: 'Buildkit', metadata: { name: 'shop', namespace: 'builders' } },
        {
          apiVersion: 'networking.k8s.io/v1',
          kind: 'NetworkPolicy',
          metadata: { namespace: 'builders' },
          spec: {
            podSelector: { matchLabels: { [BUILDKIT_LABEL]: 'shop' } },
            ingress: [
              {
                from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ci' } } }],
              },
            ],
          },
        },
      ),
    },
  }),
  of: 'package',
  needs: 'networkPolicies',
  find: (facts) => {
    const { policies, groups } = policed(facts)
    const selecting = new Set(groups.flatMap((group) => group.policies))
    // An object without a namespace goes where somebody sends it.
    const areSent = new Set(groups.map(({ namespace }) => namespace === undefined))
    const mayMeet = ({ namespace }: PolicyObject) => areSent.has(namespace !== undefined)
    if (groups.length === 0) return []
    const hintOf = hintsForBuilders(facts)
    const idle = policies.filter((policy) => !(selecting.has(policy) || mayMeet(policy)))
    const meant = idle.filter((policy) => isMeantForBuilders(policy, facts))
    return meant.map((policy) => {
      const where = policy.namespace === undefined ? '' : ` in namespace "${policy.namespace}"`
      const message = `must select a builder, but no Pod${where} has these labels${hintOf(policy.selector)}`
      return { item: policy.item, path: ['spec', 'podSelector'], message }
    })
  },
}
