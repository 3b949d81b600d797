import { closest } from '../../../crds/closest.ts'
import { BUILDKIT_LABEL, GROUP, TEMPLATE_LABEL } from '../../../crds/names.ts'
import type { PackageFacts } from '../facts.ts'
import type { Rule } from '../rule.ts'
import type { NetworkPolicy } from './network-policy.ts'
import { policed } from './policed.ts'

/** A policy that is meant for builders, by its labels, and misses them. */
export const SELECTS_NOBODY: Rule = {
  id: 'BK414',
  severity: 'warning',
  what: 'A NetworkPolicy is meant for builders, and selects none.',
  why: 'It has no effect: whoever it is to keep out may build. Its selector names labels of this project that no Pod in its namespace has, after a typing error or a rename.',
  source: 'kubernetes v1.37.2, staging/src/k8s.io/api/networking/v1/types.go, NetworkPolicySpec',
  example: {
    wrong: `kind: BuildkitTemplate
metadata:
  namespace: builders
---
kind: Buildkit
metadata:
  name: shop
  namespace: builders
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  namespace: builders
spec:
  podSelector:
    matchLabels:
      ${BUILDKIT_LABEL}: shopp
`,
    right: `kind: BuildkitTemplate
metadata:
  namespace: builders
---
kind: Buildkit
metadata:
  name: shop
  namespace: builders
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  namespace: builders
spec:
  podSelector:
    matchLabels:
      ${BUILDKIT_LABEL}: shop
  ingress:
  - from:
    - namespaceSelector:
        matchLabels:
          kubernetes.io/metadata.name: ci
`,
  },
  of: 'package',
  needs: 'networkPolicies',
  find: (facts) => {
    const { policies, groups } = policed(facts)
    const selecting = new Set(groups.flatMap((group) => group.policies))
    // An object without a namespace goes where somebody sends it.
    const areSent = new Set(groups.map(({ namespace }) => namespace === undefined))
    const mayMeet = ({ namespace }: NetworkPolicy) => areSent.has(namespace !== undefined)
    const idle = policies.filter((policy) => isForBuilders(policy) && !selecting.has(policy) && !mayMeet(policy))
    if (groups.length === 0) return []
    return idle.map((policy) => {
      const where = policy.namespace === undefined ? '' : ` in namespace "${policy.namespace}"`
      const message = `must select a builder, but no Pod${where} has these labels${hint(policy, facts)}`
      return { item: policy.item, path: ['spec', 'podSelector'], message }
    })
  },
}

function isForBuilders({ selector: { matchLabels = {}, matchExpressions = [] } }: NetworkPolicy): boolean {
  return [...Object.keys(matchLabels), ...matchExpressions.map(({ key }) => key)].some((key) =>
    key.startsWith(`${GROUP}/`),
  )
}

function hint({ selector: { matchLabels = {} } }: NetworkPolicy, { buildkits, templates }: PackageFacts): string {
  const buildkit = matchLabels[BUILDKIT_LABEL]
  const template = matchLabels[TEMPLATE_LABEL]
  const meant = [
    buildkit && closest(buildkit, [...new Set(buildkits.map(({ value }) => value.metadata.name))]),
    template && closest(template, [...new Set(templates.map((one) => one.template.value.metadata.name))]),
  ].find((name) => name && name !== buildkit && name !== template)
  return meant ? `; did you mean "${meant}"?` : ''
}
