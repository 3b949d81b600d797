import type { Breach } from '../breaches/breach.ts'
import { templateOf } from '../example.ts'
import type { Rule } from '../rule.ts'

/** Attributes that another field decides, or that have no name. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'An entry of `otlp.resourceAttributes` has no effect: it has no key, or `serviceName` overrides it.',
    why: 'Rendering sets `service.name` from `serviceName`, and OpenTelemetry drops an attribute without a key. The entry does not reach the traces.',
    source: 'fn/render/pod-spec.ts; go.opentelemetry.io/otel/sdk v1.46.0, resource/env.go, constructOTResources',
    example: {
      wrong: templateOf({
        observability: { otlp: { serviceName: 'buildkit', resourceAttributes: { 'service.name': 'builders' } } },
      }),
      right: templateOf({ observability: { otlp: { serviceName: 'builders' } } }),
    },
  }),
  of: 'template',
  find: ({ spec }) => {
    const { serviceName, resourceAttributes = {} } = spec.observability.otlp ?? {}
    const path = ['spec', 'observability', 'otlp', 'resourceAttributes']
    return Object.entries(resourceAttributes).flatMap(([key, value]): readonly Breach[] => {
      const field = { path: [...path, key], currentValue: value }
      if (key.trim() === '') return [{ ...field, message: `must have a key, got "${key}"; remove it` }]
      if (key !== 'service.name' || value === serviceName) return []
      return [{ ...field, message: `has no effect, because \`serviceName\` is "${serviceName}"; remove it` }]
    })
  },
}
