import { annotationBreach } from '../breaches/breach.ts'
import { templateOf } from '../example.ts'
import { isPlainBuildkit } from '../facts/container.ts'
import { debugEndpoint } from '../facts/settings.ts'
import { ownAnnotation } from '../facts/user-fields.ts'
import type { Rule } from '../rule.ts'

const SCRAPE = 'prometheus.io/scrape'
const PORT = 'prometheus.io/port'

/** Metrics that nothing serves. */
export const rule: Rule = {
  severity: 'info',
  text: () => ({
    what: 'Annotations send Prometheus to a port where the builder serves no metrics.',
    why: "buildkitd serves metrics only with `spec.observability.metrics`, or on `grpc.debugAddress`, which Prometheus cannot reach on a loopback address. Both are off by default. The builder's own port serves gRPC. Prometheus reports the target as down.",
    source:
      'buildkit v0.34.2, cmd/buildkitd/debug.go, setupDebugHandlers; prometheus v3, documentation/examples/prometheus-kubernetes.yml',
    example: {
      wrong: templateOf({ podAnnotations: { [SCRAPE]: 'true', [PORT]: '6060' } }),
      right: templateOf({
        observability: { metrics: {} },
        podAnnotations: { [SCRAPE]: 'true', [PORT]: '6060' },
      }),
    },
  }),
  of: 'builder',
  needs: 'annotations',
  find: (builder) => {
    const { template } = builder
    const scrape = ownAnnotation(builder, SCRAPE)
    if (scrape?.value !== 'true' || !isPlainBuildkit(template)) return []
    const port = ownAnnotation(builder, PORT)
    const endpoint = debugEndpoint(template)
    const open = endpoint && !endpoint.isInPod ? endpoint.port : undefined
    if (open !== undefined && port?.value === String(open)) return []
    const wanted =
      open === undefined
        ? 'a port that buildkitd opens with `spec.observability.metrics`'
        : `the port ${open} of \`${template.spec.observability.metrics ? 'spec.observability.metrics' : 'grpc.debugAddress'}\``
    const got = port ? `"${port.value}"` : 'none'
    return [
      annotationBreach(
        port ?? scrape,
        `must be ${port ? '' : `set together with "${PORT}", `}${wanted}, got ${got}, where nothing serves metrics`,
      ),
    ]
  },
}
