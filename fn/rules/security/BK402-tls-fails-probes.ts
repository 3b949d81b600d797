import { nearestBreach } from '../breaches/breach.ts'
import { foundInRows } from '../breaches/in-matrix.ts'
import { templateOf, templateOfToml } from '../example.ts'
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

/** Without `spec.tls`, kubelets probe a port without TLS. A program of one's own may do anything, so it is not judged. */
export const rule: Rule = {
  severity: 'error',
  text: () => ({
    what: '`[grpc.tls]`, or the equivalent flags, keep a builder without `spec.tls` from becoming ready.',
    why: 'buildkitd then accepts only TLS on its port, but a kubelet probes gRPC without TLS: the startup probe fails for two minutes, then the kubelet restarts the container, and the Pod crash-loops. Without the files, buildkitd exits. Set `spec.tls` instead: it mounts a Secret, gives buildkitd the files in it, and lets the kubelet probe through the socket.',
    source:
      'buildkit v0.34.2, cmd/buildkitd/main.go, serverCredentials and getListener; kubernetes v1.37.2, pkg/probe/grpc/grpc.go',
    example: {
      wrong: templateOfToml(
        '[grpc.tls]\n  cert = "/certs/tls.crt"\n  key = "/certs/tls.key"\n  ca = "/certs/ca.crt"\n',
      ),
      right: templateOf({ tls: { secretName: 'buildkit-tls' } }),
    },
  }),
  of: 'template',
  needs: 'settings',
  rows,
  find: foundInRows(rows, ({ template }) => {
    const { cert } = tlsFiles(template)
    const message =
      '`grpc.tls` must be left out; a kubelet probes the port without TLS, so the Pod crash-loops; set `spec.tls`, which mounts a Secret and probes through the socket'
    return [nearestBreach(template.settings, [...TLS_TABLE, cert ? 'cert' : 'key'], message)]
  }),
}
