import { PORT_NAME } from '../../../crds/names.ts'
import { grouped } from '../../common/collections.ts'
import { letsIn } from '../../upstream/kubernetes/network-policy.ts'
import type { Breach } from '../breaches/breach.ts'
import { podsOf } from '../breaches/builders-in-words.ts'
import { manifests } from '../example.ts'
import { type Policed, type PolicyObject, policed } from '../facts/network-policies.ts'
import type { Rule } from '../rule.ts'

/** Policies add up: one rule of one of them is enough. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'NetworkPolicies select a builder, and none allows ingress to its port.',
    why: 'The builder becomes ready, because kubelets can always probe, but every client times out. Policies are additive, so another policy in the cluster may allow clients. Policies of other kinds (Cilium, Calico) are not read.',
    source: 'kubernetes v1.37.2, staging/src/k8s.io/api/networking/v1/types.go, NetworkPolicyPort',
    example: {
      wrong: manifests(
        { kind: 'BuildkitTemplate', spec: { port: 8372 } },
        {
          apiVersion: 'networking.k8s.io/v1',
          kind: 'NetworkPolicy',
          spec: { podSelector: {}, ingress: [{ ports: [{ port: 1234 }] }] },
        },
      ),
      right: manifests(
        { kind: 'BuildkitTemplate', spec: { port: 8372 } },
        {
          apiVersion: 'networking.k8s.io/v1',
          kind: 'NetworkPolicy',
          spec: {
            podSelector: {},
            ingress: [{ ports: [{ port: 'tcp' }], from: [{ podSelector: {} }] }],
          },
        },
      ),
    },
  }),
  of: 'package',
  needs: 'networkPolicies',
  find: (facts) => {
    const blocked = policed(facts).groups.filter((group) => isBlocked(group))
    const byPolicy = grouped(blocked, ({ policies }) => policies.find(({ ingress }) => ingress))
    return [...byPolicy].flatMap(([policy, groups]) => (policy ? breachesOf(policy, groups) : []))
  },
}

function isBlocked({ policies, builder }: Policed): boolean {
  const rules = policies.flatMap(({ ingress }) => ingress ?? [])
  const { port } = builder.template.spec
  return policies.some(({ ingress }) => ingress) && !rules.some((one) => letsIn(one, port, PORT_NAME))
}

const IMPLIED =
  ', or `policyTypes: [Egress]` if the policy is about egress only; without `policyTypes`, it restricts both directions'

function breachesOf({ item, isIngressImplied }: PolicyObject, groups: readonly Policed[]): Breach[] {
  const byPort = grouped(groups, ({ builder }) => builder.template.spec.port)
  return [...byPort].map(([port, same]) => {
    const pods = podsOf(same.flatMap(({ buildkits }) => buildkits))
    const message = `must allow clients on port ${port}, named "${PORT_NAME}", of ${pods}; no NetworkPolicy in the package does; add a rule for this port${isIngressImplied ? IMPLIED : ''}`
    return { item, path: ['spec', 'ingress'], message }
  })
}
