import { nearestBreach } from '../breaches/breach.ts'
import { foundInRows } from '../breaches/in-matrix.ts'
import { templateOfToml } from '../example.ts'
import { TLS_TABLE, tlsFiles } from '../facts/settings.ts'
import { BUILDKITD, OF_BUILDKIT, type Row } from '../facts/situation.ts'
import type { Rule } from '../rule.ts'

const rows: readonly Row[] = [
  {
    when: { image: OF_BUILDKIT, command: ['none', ...BUILDKITD], tls: ['[grpc.tls]'] },
    shows: 'buildkitd: open …: no such file or directory',
  },
  {
    when: { image: ['other repository'], command: ['none', ...BUILDKITD], tls: ['[grpc.tls]'] },
    shows: 'Startup probe failed: timeout: failed to connect service; the container restarts again and again',
  },
]

/** Kubelets probe without TLS, and a template has no field for a Secret. A program of one's own may do anything, so it is not judged. */
export const rule: Rule = {
  severity: 'error',
  what: '`[grpc.tls]`, or the equivalent flags, keep a builder from becoming ready.',
  why: 'buildkitd then accepts only TLS on its port, but a kubelet probes gRPC without TLS: the startup probe fails for two minutes, then the kubelet restarts the container, and the Pod crash-loops. The files are missing as well: a template has no field that mounts a Secret, and without the files buildkitd exits.',
  source:
    'buildkit v0.34.2, cmd/buildkitd/main.go, serverCredentials and getListener; kubernetes v1.37.2, pkg/probe/grpc/grpc.go',
  example: {
    wrong: templateOfToml('[grpc.tls]\n  cert = "/certs/tls.crt"\n  key = "/certs/tls.key"\n  ca = "/certs/ca.crt"\n'),
    right: templateOfToml('[log]\n  format = "json"\n'),
  },
  of: 'template',
  needs: 'settings',
  rows,
  find: foundInRows(rows, ({ template }) => {
    const { cert } = tlsFiles(template)
    const message =
      '`grpc.tls` must be left out; a kubelet probes without TLS, and no Secret can be mounted, so the Pod crash-loops; remove it, and restrict who connects with a NetworkPolicy'
    return [nearestBreach(template.settings, [...TLS_TABLE, cert ? 'cert' : 'key'], message)]
  }),
}
