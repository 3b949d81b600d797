import { PORT_NAME } from '../../../crds/names.ts'
import { grouped } from '../../common/collections.ts'
import { letsEverybodyIn, letsIn } from '../../upstream/kubernetes/network-policy.ts'
import { namesOf } from '../breaches/builders-in-words.ts'
import { manifests } from '../example.ts'
import { type Policed, type PolicyObject, policed } from '../facts/network-policies.ts'
import type { Rule } from '../rule.ts'

/** A policy that selects builders and keeps nobody out. */
export const rule: Rule = {
  severity: 'info',
  text: () => ({
    what: 'A NetworkPolicy lets everyone connect to the port of a builder.',
    why: 'The port has no authentication. With a rule without `from`, or one for every namespace or every address, every Pod in the cluster can build there.',
    source: 'kubernetes v1.37.2, staging/src/k8s.io/api/networking/v1/types.go, NetworkPolicyIngressRule',
    example: {
      wrong: manifests(
        { kind: 'BuildkitTemplate' },
        {
          apiVersion: 'networking.k8s.io/v1',
          kind: 'NetworkPolicy',
          spec: { podSelector: {}, ingress: [{ ports: [{ port: 'tcp' }] }] },
        },
      ),
      right: manifests(
        { kind: 'BuildkitTemplate' },
        {
          apiVersion: 'networking.k8s.io/v1',
          kind: 'NetworkPolicy',
          spec: {
            podSelector: {},
            ingress: [
              {
                from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ci' } } }],
                ports: [{ port: 'tcp' }],
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
    const open = policed(facts).groups.flatMap((group) => openIn(group).map((policy) => ({ policy, group })))
    return [...grouped(open, ({ policy }) => policy)].map(([{ item }, same]) => {
      const names = namesOf(same.flatMap(({ group }) => group.buildkits))
      return {
        item,
        path: ['spec', 'ingress'],
        message: `must name in \`from\` who can build, got everyone for ${names}`,
      }
    })
  },
}

function openIn({ builder, policies }: Policed): readonly PolicyObject[] {
  const { port } = builder.template.spec
  return policies.filter(({ ingress }) => ingress?.some((one) => letsEverybodyIn(one) && letsIn(one, port, PORT_NAME)))
}
