import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BuildkitTemplate } from '../../../crds/buildkit-template.ts'
import { type FieldIssue, validate } from '../../../crds/validate.ts'

/** What is wrong with the `spec` of a template. */
function issuesOf(spec: object): readonly FieldIssue[] {
  const apiVersion = 'buildkit.seatgeek.io/v1alpha1'
  const checked = validate(BuildkitTemplate, { apiVersion, kind: 'BuildkitTemplate', metadata: { name: 'a' }, spec })
  return 'issues' in checked ? checked.issues : []
}

const tls = (fields: object) => ({ tls: { secretName: 'a', ...fields } })
const otlp = (endpoint: string) => ({ observability: { otlp: { serviceName: 'a', endpoint } } })
const AUTH = 'must be one of "Require", "None", got '
const TYPE = 'must be one of "ClusterIP", "NodePort", "LoadBalancer", got '
const URL = 'must be the URL of a collector, such as http://collector.monitoring:4317, got '
const DURATION = 'must be a Go duration greater than 0, such as 2160h, got '

const CASES: readonly (readonly [spec: object, message: string, proposedValue?: string])[] = [
  [{ tls: true }, 'must be an object, got the boolean true; set `tls.secretName`'],
  [{ tls: 'certificate' }, 'must be an object, got "certificate"; set `tls.secretName`'],
  [{ tls: false }, 'must be an object, got the boolean false; leave it out'],
  [tls({ clientAuth: 'require' }), `${AUTH}"require"; did you mean "Require"?`, 'Require'],
  [
    tls({ clientAuth: 'RequireAndVerifyClientCert' }),
    `${AUTH}"RequireAndVerifyClientCert"; did you mean "Require"?`,
    'Require',
  ],
  [tls({ clientAuth: true }), `${AUTH}the boolean true; write "Require"`],
  [tls({ clientAuth: 'Optional' }), `${AUTH}"Optional"; buildkitd verifies all clients or none`],
  [tls({ certificate: true }), 'must be an object, got the boolean true; set `certificate.issuerRef.name`'],
  [tls({ certificate: { issuerRef: 'ca' } }), 'must be an object, got "ca"; write it as `issuerRef.name`'],
  [
    tls({ certificate: { issuerRef: { name: 'ca' }, duration: '90d' } }),
    `${DURATION}"90d"; did you mean "2160h"?`,
    '2160h',
  ],
  [{ service: true }, 'must be an object, got the boolean true; write {}'],
  [{ service: 'LoadBalancer' }, 'must be an object, got "LoadBalancer"; write it as `service.type`'],
  [{ service: { type: 'loadbalancer' } }, `${TYPE}"loadbalancer"; did you mean "LoadBalancer"?`, 'LoadBalancer'],
  [
    { service: { type: 'Headless' } },
    `${TYPE}"Headless"; a builder has one Pod, whose address is in \`status.endpoint\``,
  ],
  [{ service: { type: 'None' } }, `${TYPE}"None"; a builder has one Pod, whose address is in \`status.endpoint\``],
  [
    { service: { type: 'ExternalName' } },
    `${TYPE}"ExternalName"; write a Service of your own for it, with another name`,
  ],
  [{ observability: { metrics: true } }, 'must be an object, got the boolean true; write {}'],
  [{ observability: { metrics: 6060 } }, 'must be an object, got the number 6060; write it as `metrics.port`'],
  [otlp('collector:4317'), `${URL}"collector:4317"; did you mean "http://collector:4317"?`, 'http://collector:4317'],
  [otlp('grpcs://c:443'), `${URL}"grpcs://c:443"; did you mean "https://c:443"?`, 'https://c:443'],
  [otlp('http://c:4318/v1/traces'), `${URL}"http://c:4318/v1/traces"; did you mean "http://c:4317"?`, 'http://c:4317'],
  [otlp('collector'), `${URL}"collector"`],
  [otlp('http://ci:x@c:4317'), `${URL}"http://***@c:4317"; gRPC sends neither a user nor a query`],
  [otlp('https://c/v1?token=x'), `${URL}"https://c/v1?***"; gRPC sends neither a user nor a query`],
  [otlp('ci:x@c:4317?token=x#y'), `${URL}"***@c:4317?***"; gRPC sends neither a user nor a query`],
  [otlp('http://c:65536'), `${URL}"http://c:65536"`],
]

test('a wrong value of TLS, a Service, metrics or traces says what to write', () => {
  for (const [spec, message, proposedValue] of CASES) {
    const [issue, ...others] = issuesOf(spec)
    assert.deepEqual([issue?.message, issue?.proposedValue, others.length], [message, proposedValue, 0])
  }
})

test('a collector has a host, and perhaps a port', () => {
  for (const endpoint of [
    'http://c',
    'https://c.m.svc.cluster.local.:443/',
    'http://10.0.0.1:65535',
    'http://[::1]:4317',
    'http://my_c:1',
  ])
    assert.deepEqual(issuesOf(otlp(endpoint)), [], endpoint)
  for (const endpoint of [
    'http://',
    'http://:4317',
    'http://c:',
    'http://c:0',
    'http://c:x',
    'http://a,b:1',
    'http://-c',
    'http://a..b',
    'http://c#x',
    'ftp://c',
  ])
    assert.equal(issuesOf(otlp(endpoint)).length, 1, endpoint)
})

test('no result repeats the password or the query of an address', () => {
  const secret = 'hunter2'
  for (const endpoint of [`http://ci:${secret}/@c`, `http://c:4317/v1?token=${secret}`, `http://c#${secret}`])
    assert.ok(!JSON.stringify(issuesOf(otlp(endpoint))).includes(secret), endpoint)
})

test('no message and no result repeats a private key', () => {
  const key = '-----BEGIN PRIVATE KEY-----\nMC4CAQAw\n-----END PRIVATE KEY-----\n'
  const issues = issuesOf({ tls: { secretName: key, key, certificate: key } })
  assert.equal(issues.length, 3)
  assert.ok(!JSON.stringify(issues).includes('MC4CAQAw'), JSON.stringify(issues))
})
