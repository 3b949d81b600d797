import { foundInRows } from '../breaches/in-matrix.ts'
import { templateOf } from '../example.ts'
import type { Row } from '../facts/situation.ts'
import type { Rule } from '../rule.ts'

const rows: readonly Row[] = [
  {
    when: { version: ['before v0.13'], tls: ['none', '[grpc.tls]'] },
    shows: 'Startup probe failed: error: this server does not implement the grpc health protocol',
  },
]

/** Probes that nothing answers. */
export const rule: Rule = {
  severity: 'error',
  cannotWork: true,
  text: () => ({
    what: "The image is older than v0.13 and does not answer the Pod's probes.",
    why: 'The startup probe fails for two minutes, then the kubelet restarts the container. The Pod crash-loops. With `spec.tls`, probes use the socket of buildkitd, which older images answer.',
    source:
      'buildkit v0.12.5 and v0.13.0, cmd/buildkitd/main.go (RegisterHealthServer); kubernetes v1.37.2, pkg/probe/grpc/grpc.go',
    example: {
      wrong: templateOf({ image: 'moby/buildkit:v0.12.5' }),
      right: templateOf({ image: 'moby/buildkit:v0.34.2' }),
    },
  }),
  of: 'template',
  rows,
  find: foundInRows(rows, ({ template: { image }, row }) => {
    const message = `must be v0.13.0 or later, got "${image.tag}"; the kubelet reports "${row.shows}"`
    return [{ path: ['spec', 'image'], message, currentValue: image.name }]
  }),
}
