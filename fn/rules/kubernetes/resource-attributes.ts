import type { Finding } from '../finding.ts'
import type { Rule } from '../rule.ts'

/** Attributes that another field decides, or that have no name. */
export const RESOURCE_ATTRIBUTES: Rule = {
  id: 'BK536',
  severity: 'warning',
  what: 'An entry of `otlp.resourceAttributes` has no effect: it has no key, or `serviceName` decides.',
  why: 'OpenTelemetry leaves out all attributes when one has no key, and `OTEL_SERVICE_NAME` wins over an attribute `service.name`.',
  source:
    'opentelemetry-specification v1.x, resource/sdk.md, Specifying resource information via an environment variable',
  example: {
    wrong: `kind: BuildkitTemplate
spec:
  observability:
    otlp:
      serviceName: buildkit
      resourceAttributes:
        service.name: builders
`,
    right: `kind: BuildkitTemplate
spec:
  observability:
    otlp:
      serviceName: builders
`,
  },
  of: 'template',
  find: ({ spec }) => {
    const { serviceName, resourceAttributes = {} } = spec.observability.otlp ?? {}
    const path = 'spec.observability.otlp.resourceAttributes'
    return Object.entries(resourceAttributes).flatMap(([key, value]): readonly Finding[] => {
      const field = { path: `${path}[${key}]`, currentValue: value }
      if (key.trim() === '') return [{ ...field, message: `must have a key, got "${key}"; remove it` }]
      if (key !== 'service.name' || value === serviceName) return []
      return [{ ...field, message: `has no effect: \`serviceName\` says "${serviceName}"; remove it` }]
    })
  },
}
