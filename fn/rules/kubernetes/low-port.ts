import type { Rule } from '../rule.ts'

const FIRST_UNPRIVILEGED = 1024

/** Ports of root. */
export const LOW_PORT: Rule = {
  id: 'BK533',
  severity: 'warning',
  what: 'A rootless builder listens on a port below 1024.',
  why: 'An ordinary user may do so only where the node says it, as containerd 2 does by default and other runtimes do not; elsewhere buildkitd ends with "permission denied".',
  source:
    'containerd v2.4.2, internal/cri/config/config.go, EnableUnprivilegedPorts (net.ipv4.ip_unprivileged_port_start)',
  example: {
    wrong: `kind: BuildkitTemplate
spec:
  rootless: true
  port: 443
`,
    right: `kind: BuildkitTemplate
spec:
  rootless: true
  port: 8443
`,
  },
  of: 'template',
  find: ({ spec: { rootless, port } }) => {
    if (!rootless || port >= FIRST_UNPRIVILEGED) return []
    const message = `must be ${FIRST_UNPRIVILEGED} or more where buildkitd is an ordinary user, got ${port}`
    return [{ path: 'spec.port', message, currentValue: port }]
  },
}
