import { debugEndpoint } from '../debug-endpoint.ts'
import { annotationBreach } from '../engines/annotation-breach.ts'
import { ownAnnotation } from '../engines/own-annotation.ts'
import type { Rule } from '../rule.ts'
import { isPlainBuildkit } from '../toml/workers.ts'

const SCRAPE = 'prometheus.io/scrape'
const PORT = 'prometheus.io/port'

/** Metrics that nothing serves. */
export const SCRAPE_OF_NOTHING: Rule = {
  id: 'BK707',
  severity: 'info',
  what: 'Prometheus is told to read metrics of a builder that serves none there.',
  why: "buildkitd serves metrics on `grpc.debugAddress` only, which is off unless it is set, and which Prometheus does not reach on a loopback address. The builder's own port speaks gRPC. The target stays down.",
  source:
    'buildkit v0.34.2, cmd/buildkitd/debug.go, setupDebugHandlers; prometheus v3, documentation/examples/prometheus-kubernetes.yml',
  example: {
    wrong: `kind: BuildkitTemplate
spec:
  podAnnotations:
    ${SCRAPE}: "true"
    ${PORT}: "6060"
`,
    right: `kind: BuildkitTemplate
spec:
  buildkitdToml: |
    [grpc]
      debugAddress = "0.0.0.0:6060"
  podAnnotations:
    ${SCRAPE}: "true"
    ${PORT}: "6060"
`,
  },
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
        ? 'a port that buildkitd opens with `grpc.debugAddress`'
        : `the port ${open} of \`grpc.debugAddress\``
    const got = port ? `"${port.value}"` : 'none'
    return [
      annotationBreach(
        port ?? scrape,
        `must be ${port ? '' : `beside "${PORT}", `}${wanted}, got ${got}, where nothing serves metrics`,
      ),
    ]
  },
}
