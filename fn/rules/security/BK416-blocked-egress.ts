import { grouped } from '../../common/collections.ts'
import type { PolicyPeer, PolicyPort, PolicyRule } from '../../upstream/kubernetes/network-policy.ts'
import type { Breach } from '../breaches/breach.ts'
import { podsOf } from '../breaches/builders-in-words.ts'
import { manifests } from '../example.ts'
import { type Policed, policed } from '../facts/network-policies.ts'
import type { Rule } from '../rule.ts'

/** Of a service's port policies see what it is behind the service; name servers of OpenShift listen on 5353. */
const DNS_PORTS = [53, 5353, 8053]

/** What no rule lets out. */
const MISSING = {
  anything: 'must allow egress; the builder reaches neither name servers nor registries',
  names: 'must allow UDP on port 53; the builder cannot resolve registries',
  servers:
    'must allow UDP on port 53 to the name servers in "kube-system"; a `podSelector` without `namespaceSelector` selects Pods of this namespace',
  registries: 'must allow TCP on a port other than 53; the builder reaches no registry',
}

/** Asked of builders whose way out is restricted at all. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'NetworkPolicies block a builder from name servers or registries.',
    why: 'Every build that pulls or pushes times out. DNS uses UDP, and a port without `protocol` means TCP. Policies are additive, so another policy in the cluster may allow it. Policies of other kinds (Cilium, Calico) are not read.',
    source: 'kubernetes v1.37.2, staging/src/k8s.io/api/networking/v1/types.go, NetworkPolicyEgressRule',
    example: {
      wrong: manifests(
        { kind: 'BuildkitTemplate' },
        {
          apiVersion: 'networking.k8s.io/v1',
          kind: 'NetworkPolicy',
          spec: { podSelector: {}, policyTypes: ['Egress'], egress: [{ ports: [{ port: 443 }] }] },
        },
      ),
      right: manifests(
        { kind: 'BuildkitTemplate' },
        {
          apiVersion: 'networking.k8s.io/v1',
          kind: 'NetworkPolicy',
          spec: {
            podSelector: {},
            policyTypes: ['Egress'],
            egress: [{ ports: [{ port: 443 }, { port: 53, protocol: 'UDP' }] }],
          },
        },
      ),
    },
  }),
  of: 'package',
  needs: 'networkPolicies',
  find: (facts) => {
    const kept = policed(facts).groups.flatMap((group) => {
      const policy = group.policies.find(({ egress }) => egress)
      const missing = policy && missingOf(group)
      return policy && missing ? [{ policy, missing, group }] : []
    })
    const byPolicy = grouped(kept, ({ policy }) => policy)
    return [...byPolicy].flatMap(([{ item }, same]) =>
      [...grouped(same, ({ missing }) => missing)].map(([missing, ones]): Breach => {
        const pods = podsOf(ones.flatMap(({ group }) => group.buildkits))
        const message = `${MISSING[missing]}; no NetworkPolicy in the package that selects ${pods} does`
        return { item, path: ['spec', 'egress'], message }
      }),
    )
  },
}

function missingOf({ policies, namespace }: Policed): keyof typeof MISSING | undefined {
  const rules = policies.flatMap(({ egress }) => egress ?? [])
  if (rules.length === 0) return 'anything'
  const forNames = rules.filter((one) => letsOut(one, (port) => isFor(port, 'UDP') && isDns(port)))
  if (forNames.length === 0) return 'names'
  const isElsewhere = namespace !== undefined && namespace !== 'kube-system'
  if (isElsewhere && forNames.every(isForOwnNameServers)) return 'servers'
  return rules.some((one) => letsOut(one, isOther)) ? undefined : 'registries'
}

/** As the name servers of almost every cluster are labelled, but without the namespace where they are. */
function isForOwnNameServers({ peers }: PolicyRule): boolean {
  const isOne = ({ podSelector, namespaceSelector, ipBlock }: PolicyPeer) =>
    podSelector?.matchLabels?.['k8s-app'] === 'kube-dns' && !namespaceSelector && !ipBlock
  return peers.length > 0 && peers.every(isOne)
}

function letsOut({ ports }: PolicyRule, isMeant: (port: PolicyPort) => boolean): boolean {
  return ports.length === 0 || ports.some(isMeant)
}

/** A port that has a name may be any. */
function isDns({ port, endPort }: PolicyPort): boolean {
  if (typeof port !== 'number') return true
  return DNS_PORTS.some((one) => port <= one && one <= (endPort ?? port))
}

function isOther(one: PolicyPort): boolean {
  const { port, endPort } = one
  return isFor(one, 'TCP') && (typeof port !== 'number' || endPort !== undefined || !DNS_PORTS.includes(port))
}

function isFor({ protocol }: PolicyPort, wanted: string): boolean {
  return (protocol ?? 'TCP') === wanted
}
