import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stringify } from 'yaml'
import { resultsOf } from '../rules-broken.ts'

const namespace = 'ci'
const template = (spec: object = {}) => ({ kind: 'BuildkitTemplate', metadata: { namespace }, spec })
const buildkit = { kind: 'Buildkit', metadata: { name: 'a', namespace } }
const OURS = { matchExpressions: [{ key: 'buildkit.seatgeek.io/buildkit', operator: 'Exists' }] }
const METRICS = { observability: { metrics: { port: 6060 } } }

const monitor = (
  kind: 'PodMonitor' | 'ServiceMonitor',
  endpoint: object,
  { own = namespace, ...spec }: { own?: string; [field: string]: unknown } = {},
) => ({
  apiVersion: 'monitoring.coreos.com/v1',
  kind,
  metadata: { name: 'builders', namespace: own },
  spec: { selector: OURS, [kind === 'PodMonitor' ? 'podMetricsEndpoints' : 'endpoints']: [endpoint], ...spec },
})
const service = (ports: object[]) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'metrics', namespace, labels: { app: 'metrics' } },
  spec: { selector: { 'buildkit.seatgeek.io/buildkit': 'a' }, ports },
})

function saidOf(...objects: readonly object[]) {
  return resultsOf(objects.map((object) => stringify(object)).join('---\n'))
    .filter(({ tags }) => tags?.rule === 'BK714')
    .map(({ field, message }) => `${field?.path}: ${message}`)
}

const WITHOUT = 'set `spec.observability.metrics` in the template'
const CASES: readonly (readonly [string, readonly object[], ...(readonly string[])])[] = [
  ['the port of metrics', [template(METRICS), monitor('PodMonitor', { port: 'metrics' })]],
  [
    'the port of metrics, which is off',
    [template(), monitor('PodMonitor', { port: 'metrics' })],
    `spec.podMetricsEndpoints[0].port: must be a port of the Pod of Buildkit "a", which has "tcp", got "metrics"; ${WITHOUT}`,
  ],
  [
    'the port of metrics of two builders, which is off',
    [{ kind: 'Buildkit', metadata: { name: 'b', namespace } }, template(), monitor('PodMonitor', { port: 'metrics' })],
    `spec.podMetricsEndpoints[0].port: must be a port of the Pods of Buildkits "a" and 1 more, which have "tcp", got "metrics"; ${WITHOUT}`,
  ],
  [
    'another name',
    [template(METRICS), monitor('PodMonitor', { port: 'http-metrics' })],
    'spec.podMetricsEndpoints[0].port: must be a port of the Pod of Buildkit "a", which has "tcp" and "metrics", got "http-metrics"',
  ],
  ['a number', [template(METRICS), monitor('PodMonitor', { portNumber: 6060 })]],
  [
    'a number of no port',
    [template(METRICS), monitor('PodMonitor', { portNumber: 9090 })],
    'spec.podMetricsEndpoints[0].portNumber: must be a port of the Pod of Buildkit "a", which has "tcp" and "metrics", got 9090',
  ],
  [
    'a port that no builder has, with a field of the selector that is null',
    [template(), monitor('PodMonitor', { port: 'metrics' }, { selector: { ...OURS, matchLabels: null } })],
    `spec.podMetricsEndpoints[0].port: must be a port of the Pod of Buildkit "a", which has "tcp", got "metrics"; ${WITHOUT}`,
  ],
  ['nothing of ours', [template(), monitor('PodMonitor', { port: 'x' }, { selector: { matchLabels: { app: 'x' } } })]],
  ['another namespace', [template(), monitor('PodMonitor', { port: 'x' }, { own: 'monitoring' })]],
  [
    'all namespaces',
    [template(METRICS), monitor('PodMonitor', { port: 'x' }, { namespaceSelector: { any: true }, own: 'monitoring' })],
    'spec.podMetricsEndpoints[0].port: must be a port of the Pod of Buildkit "a", which has "tcp" and "metrics", got "x"',
  ],
  [
    'our namespace by its name',
    [
      template(METRICS),
      monitor('PodMonitor', { port: 'x' }, { namespaceSelector: { matchNames: ['x', 'ci'] }, own: 'm' }),
    ],
    'spec.podMetricsEndpoints[0].port: must be a port of the Pod of Buildkit "a", which has "tcp" and "metrics", got "x"',
  ],
  [
    'a port that a patch adds',
    [
      template({
        podSpecPatch: { containers: [{ name: 'side', image: 'x', ports: [{ name: 'side', containerPort: 1 }] }] },
      }),
      monitor('PodMonitor', { port: 'side' }),
    ],
  ],
  [
    'our Services, which have no such port',
    [template({ ...METRICS, service: {} }), monitor('ServiceMonitor', { port: 'metrics' })],
    'spec.endpoints[0].port: must be a port of the Service of Buildkit "a", which has "tcp", got "metrics"; use a PodMonitor',
  ],
  [
    'our Services, by a port of their Pods',
    [template({ ...METRICS, service: {} }), monitor('ServiceMonitor', { targetPort: 'metrics' })],
  ],
  ['a template without a Service', [template(METRICS), monitor('ServiceMonitor', { port: 'metrics' })]],
  [
    'our Services, and one with that port',
    [
      template({ ...METRICS, service: {} }),
      service([{ name: 'metrics', port: 6060 }]),
      monitor('ServiceMonitor', { port: 'metrics' }, { selector: {} }),
    ],
  ],
  ['nothing, as its selector is none', [template(), monitor('PodMonitor', { port: 1 }, { selector: 'x' })]],
  [
    'nothing, as its selector has nonsense in it',
    [template(), monitor('PodMonitor', { port: 1 }, { selector: { matchExpressions: [{ key: 1 }, null] } })],
  ],
]
for (const [name, objects, ...messages] of CASES)
  test(`a monitor reads what its port serves: ${name}`, () => assert.deepEqual(saidOf(buildkit, ...objects), messages))
