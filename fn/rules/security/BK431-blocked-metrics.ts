import { METRICS_PORT_NAME, PORT_NAME } from '../../../crds/names.ts'
import { grouped } from '../../common/collections.ts'
import { letsIn } from '../../upstream/kubernetes/network-policy.ts'
import { podsOf } from '../breaches/builders-in-words.ts'
import { manifests } from '../example.ts'
import { type Policed, policed } from '../facts/network-policies.ts'
import { debugEndpoint } from '../facts/settings.ts'
import type { Rule } from '../rule.ts'

const policyFor = (...ports: readonly string[]) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  spec: {
    podSelector: {},
    ingress: ports.map((port) => ({
      ports: [{ port }],
      from: [{ namespaceSelector: { matchLabels: { for: port } } }],
    })),
  },
})
const template = { kind: 'BuildkitTemplate', spec: { observability: { metrics: {} } } }

/** If policies block clients too, another rule reports it. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'NetworkPolicies allow clients of a builder, but block its metrics.',
    why: 'With `observability.metrics`, a builder serves metrics on a separate port. If no policy allows this port, Prometheus times out, and reports the target as down. Add a rule for the port. Policies are additive, so a policy that is not in the package may allow Prometheus. The rule does not read policies of other kinds (Cilium, Calico).',
    source: 'kubernetes v1.37.2, staging/src/k8s.io/api/networking/v1/types.go, NetworkPolicyPort',
    example: {
      wrong: manifests(template, policyFor(PORT_NAME)),
      right: manifests(template, policyFor(PORT_NAME, METRICS_PORT_NAME)),
    },
  }),
  of: 'package',
  needs: 'networkPolicies',
  find: (facts) => {
    const blocked = policed(facts).groups.flatMap((group) => {
      const policy = group.policies.find(({ ingress }) => ingress)
      const port = blockedPortOf(group)
      return policy && port !== undefined ? [{ policy, port, group }] : []
    })
    const byPolicy = grouped(blocked, ({ policy }) => policy)
    return [...byPolicy].flatMap(([{ item }, same]) =>
      [...grouped(same, ({ port }) => port)].map(([port, ones]) => {
        const pods = podsOf(ones.flatMap(({ group }) => group.buildkits))
        const message = `must allow Prometheus to reach port ${port}, named "${METRICS_PORT_NAME}", of ${pods}; no NetworkPolicy in the package does; add a rule for this port`
        return { item, path: ['spec', 'ingress'], message }
      }),
    )
  },
}

/** The port of metrics that nobody reaches, unless nobody reaches the builder either. */
function blockedPortOf({ policies, builder: { template: facts } }: Policed): number | undefined {
  const { spec } = facts
  const metrics = debugEndpoint(facts)?.port
  if (!spec.observability.metrics || metrics === undefined) return undefined
  const rules = policies.flatMap(({ ingress }) => ingress ?? [])
  const isServed = rules.some((one) => letsIn(one, spec.port, PORT_NAME))
  return isServed && !rules.some((one) => letsIn(one, metrics, METRICS_PORT_NAME)) ? metrics : undefined
}
