import type { Rule } from '../rule.ts'

/** There is no field for certificates; so it is said once, not of every template. */
export const UNAUTHENTICATED_PORT: Rule = {
  id: 'BK401',
  severity: 'info',
  what: "A builder's port asks nobody who they are; said once in a package.",
  why: 'Whoever reaches the port may build, read the cache, and in privileged mode become root on the node. A NetworkPolicy keeps other Pods out, but not what runs in the Pod itself: a `RUN` step shares the network of the Pod and can call the BuildKit API at 127.0.0.1, so that a Dockerfile may do whatever a client of this builder may. Give teams that do not trust each other builders of their own. Ignoring this rule on the template that it names says that this is known.',
  source: 'buildkit v0.34.2, README.md, "Expose BuildKit as a TCP service"; util/network/netproviders/network.go',
  example: {
    wrong: `kind: BuildkitTemplate
spec:
  rootless: true
`,
    right: `kind: BuildkitTemplate
metadata:
  annotations:
    buildkit.seatgeek.io/ignore-rules: BK401
spec:
  rootless: true
`,
  },
  of: 'package',
  find: ({ templates }) => {
    const [used] = templates.filter(({ buildkits }) => buildkits.length > 0)
    if (!used) return []
    const message =
      'must be reachable for trusted clients only: it asks nobody for a certificate, and a `RUN` step of any build can call it at 127.0.0.1 too, which no NetworkPolicy filters'
    return [{ item: used.template.item, path: 'spec.port', message }]
  },
}
