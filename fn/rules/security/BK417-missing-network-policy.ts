import { grouped } from '../../common/collections.ts'
import { podsOf } from '../breaches/builders-in-words.ts'
import { manifests } from '../example.ts'
import { policed } from '../facts/network-policies.ts'
import type { Rule } from '../rule.ts'

/** Where a package has NetworkPolicies, it means to keep somebody out. */
export const rule: Rule = {
  severity: 'info',
  text: () => ({
    what: 'The package has NetworkPolicies, but none restricts who connects to a builder.',
    why: 'Without one, every Pod in the cluster can connect to the port, which has no authentication without `spec.tls`.',
    source: 'kubernetes v1.37.2, staging/src/k8s.io/api/networking/v1/types.go, NetworkPolicySpec',
    example: {
      wrong: manifests(
        { kind: 'BuildkitTemplate' },
        {
          apiVersion: 'networking.k8s.io/v1',
          kind: 'NetworkPolicy',
          spec: { podSelector: { matchLabels: { app: 'shop' } } },
        },
      ),
      right: manifests(
        { kind: 'BuildkitTemplate' },
        {
          apiVersion: 'networking.k8s.io/v1',
          kind: 'NetworkPolicy',
          spec: {
            podSelector: { matchExpressions: [{ key: 'buildkit.seatgeek.io/buildkit', operator: 'Exists' }] },
            ingress: [{ from: [{ podSelector: {} }] }],
          },
        },
      ),
    },
  }),
  of: 'package',
  needs: 'networkPolicies',
  find: (facts) => {
    const { policies, groups } = policed(facts)
    // An object without a namespace goes where somebody sends it.
    const areSent = new Set(policies.map(({ namespace }) => namespace === undefined))
    const open = groups.filter(
      (group) => !areSent.has(group.namespace !== undefined) && !group.policies.some(({ ingress }) => ingress),
    )
    return [...grouped(open, ({ namespace }) => namespace).values()].flatMap((same) => {
      const buildkits = same.flatMap((group) => group.buildkits)
      const [first] = buildkits
      if (!first) return []
      const message = `must have a NetworkPolicy that restricts who connects, as this package has some; everyone reaches ${podsOf(buildkits)}`
      return [{ item: first.item, path: ['metadata', 'name'], message }]
    })
  },
}
