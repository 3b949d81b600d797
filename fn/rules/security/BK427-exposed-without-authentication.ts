import { templateOf } from '../example.ts'
import { requiresCertificates } from '../facts/settings.ts'
import type { Rule } from '../rule.ts'

/** Builders for the whole network. */
export const rule: Rule = {
  severity: 'warning',
  what: 'A Service exposes builders outside the cluster, and the builders do not require client certificates.',
  why: 'NodePort opens a port on every node, and LoadBalancer creates an address that may be public. Anyone who can reach it can build, read the cache and, in privileged mode, become root on the node. Set `spec.tls` with `clientAuth: Require`, or keep `type: ClusterIP`.',
  source: 'buildkit v0.34.2, README.md, "Expose BuildKit as a TCP service"; fn/render/service.ts',
  example: {
    wrong: templateOf({ service: { type: 'LoadBalancer' } }),
    right: templateOf({ service: { type: 'LoadBalancer' }, tls: { secretName: 'buildkit-tls' } }),
  },
  of: 'template',
  find: (template) => {
    const { service } = template.spec
    if (!service?.type || service.type === 'ClusterIP' || requiresCertificates(template)) return []
    const message = `must be "ClusterIP" without client certificates, got "${service.type}"; anyone who can reach it can build; set \`spec.tls\` with \`clientAuth: Require\``
    return [{ path: ['spec', 'service', 'type'], message, currentValue: service.type }]
  },
}
