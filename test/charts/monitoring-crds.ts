import type { Cluster } from '../harness/servers/cluster.ts'

/** Of the Prometheus Operator's kinds so much as the chart and the examples use; a field that does not stand here is refused. */
const SPECS = {
  ServiceMonitor: {
    selector: { type: 'object', properties: { matchLabels: map() } },
    endpoints: listOf({ port: { type: 'string' }, interval: { type: 'string' }, honorLabels: { type: 'boolean' } }),
  },
  PodMonitor: {
    selector: {
      type: 'object',
      properties: { matchExpressions: listOf({ key: { type: 'string' }, operator: { type: 'string' } }) },
    },
    podTargetLabels: { type: 'array', items: { type: 'string' } },
    podMetricsEndpoints: listOf({ port: { type: 'string' } }),
  },
  PrometheusRule: {
    groups: listOf({
      name: { type: 'string' },
      rules: listOf({
        alert: { type: 'string' },
        expr: { type: 'string' },
        for: { type: 'string' },
        labels: map(),
        annotations: map(),
      }),
    }),
  },
}

/** Makes an API server know ServiceMonitors, PodMonitors and PrometheusRules. */
export async function createMonitoringCrds({ kubectl }: Cluster): Promise<void> {
  const items = Object.entries(SPECS).map(([kind, properties]) => definition(kind, { type: 'object', properties }))
  await kubectl(['apply', '-f', '-'], { input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items }) })
  await kubectl(['wait', '--for=condition=Established', 'crd', ...items.map(({ metadata }) => metadata.name)])
}

function definition(kind: string, spec: object) {
  const group = 'monitoring.coreos.com'
  const singular = kind.toLowerCase()
  const schema = { openAPIV3Schema: { type: 'object', properties: { spec } } }
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${singular}s.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { kind, singular, plural: `${singular}s` },
      versions: [{ name: 'v1', served: true, storage: true, schema }],
    },
  }
}

function map() {
  return { type: 'object', additionalProperties: { type: 'string' } }
}

function listOf(properties: object) {
  return { type: 'array', items: { type: 'object', properties } }
}
