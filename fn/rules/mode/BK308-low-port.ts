import { foundInRows } from '../breaches/in-matrix.ts'
import { templateOf } from '../example.ts'
import { ROOTLESS, type Row } from '../facts/situation.ts'
import type { Rule } from '../rule.ts'

const rows: readonly Row[] = [
  { when: { mode: ROOTLESS, port: ['below 1024'] }, shows: 'buildkitd: listen tcp 0.0.0.0:…: bind: permission denied' },
]

/** A port that user 1000 may not have. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'A rootless builder listens on a port below 1024.',
    why: 'User 1000 can do so only if the container runtime sets `net.ipv4.ip_unprivileged_port_start=0` for Pods. containerd does so since 2.0. containerd 1.x and other runtimes do not by default, and buildkitd exits.',
    source:
      'containerd v2.4.2, internal/cri/config/config_unix.go (EnableUnprivilegedPorts); v1.7.28, pkg/cri/server/sandbox_run_linux.go',
    example: {
      wrong: templateOf({ rootless: true, port: 443 }),
      right: templateOf({ rootless: true, port: 8443 }),
    },
  }),
  of: 'template',
  rows,
  find: foundInRows(rows, ({ template: { spec }, row }) => {
    const ports = [
      { path: ['spec', 'port'], port: spec.port },
      { path: ['spec', 'observability', 'metrics', 'port'], port: spec.observability.metrics?.port },
    ]
    return ports.flatMap(({ path, port = 1024 }) => {
      const message = `must be at least 1024 with \`rootless: true\`, got ${port}; if the runtime reserves lower ports for root, it fails with ${row.shows}`
      return port < 1024 ? [{ path, message, currentValue: port }] : []
    })
  }),
}
