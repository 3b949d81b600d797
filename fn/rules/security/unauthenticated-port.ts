import type { Rule } from '../rule.ts'
import { policed } from './policed.ts'

const POLICY = `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
spec:
  podSelector: {}
  ingress:
  - from:
    - podSelector: {}
`

/**
 * That the port asks nobody who they are is so everywhere, and there is no field to change it; told of every package it would be
 * read by nobody. It is told, once, where a package trusts in a NetworkPolicy.
 */
export const UNAUTHENTICATED_PORT: Rule = {
  id: 'BK401',
  severity: 'info',
  what: 'A NetworkPolicy keeps other Pods from a builder, but not the build steps that run in it; said once in a package.',
  why: "A builder's port asks nobody who they are. A `RUN` step shares the network of the Pod and can call the BuildKit API at 127.0.0.1, which no NetworkPolicy filters, so that a Dockerfile may do whatever a client of this builder may: build with other entitlements, read the cache, and in privileged mode become root on the node. Give teams that do not trust each other builders of their own. Ignoring this rule on the template that it names says that this is known.",
  source: 'buildkit v0.34.2, README.md, "Expose BuildKit as a TCP service"; util/network/netproviders/network.go',
  example: {
    wrong: `kind: BuildkitTemplate
spec:
  rootless: true
${POLICY}`,
    right: `kind: BuildkitTemplate
metadata:
  annotations:
    buildkit.seatgeek.io/ignore-rules: BK401
spec:
  rootless: true
${POLICY}`,
  },
  of: 'package',
  find: (facts) => {
    const trusting = policed(facts).groups.find(({ policies }) => policies.some(({ ingress }) => ingress))
    if (!trusting) return []
    const message =
      'must not be taken for closed to what is built: it asks nobody for a certificate, and a `RUN` step can call it at 127.0.0.1, which no NetworkPolicy filters; build what you do not trust with a builder of its own'
    return [{ item: trusting.builder.template.template.item, path: 'spec.port', message }]
  },
}
