import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BuildkitTemplate } from '../../../crds/buildkit-template.ts'
import { validate } from '../../../crds/validate.ts'
import { patchIssues } from '../../../fn/patch/issues.ts'
import { podSpec } from '../../../fn/render/pod-spec.ts'

const apiVersion = 'buildkit.seatgeek.io/v1alpha1'
const TLS = { tls: { secretName: 'certificate' }, observability: { metrics: {} } }

/** What is said of a patch of a template with this `spec`. */
function said(patch: object, spec: object = TLS): readonly string[] {
  const template = validate(BuildkitTemplate, { apiVersion, kind: 'BuildkitTemplate', metadata: { name: 'a' }, spec })
  assert.ok('value' in template)
  const own = podSpec(template.value.spec, { resources: {}, labels: {} })
  return patchIssues(patch, [], { kind: 'BuildkitTemplate', own, podSpec: own }).map(({ message }) => message)
}

const builder = (patch: object) => ({ containers: [{ name: 'buildkit', ...patch }] })
const mount = (mountPath: string) => builder({ volumeMounts: [{ name: 'files', mountPath }] })
const STAYS = 'must stay as it is: '

test('the certificate of a builder stays where buildkitd reads it', () => {
  const certificate = `${STAYS}buildkitd has its certificate there; \`spec.tls.secretName\` is its Secret`
  assert.deepEqual(said({ volumes: [{ name: 'tls', secret: { secretName: 'another' } }] }), [certificate])
  assert.ok(said(mount('/certs')).every((message) => message === certificate))
  const inside = 'must be another path: `spec.tls` mounts the certificate there, read-only'
  for (const path of ['/certs/', '/certs/company', '/usr/../certs/tls.crt'])
    assert.deepEqual(said(mount(path)), [inside])
  assert.deepEqual(said(mount('/')), ['must be a folder in it: buildkitd needs what the image and the node have there'])
  assert.deepEqual(said(builder({ volumeMounts: [{ name: 'tls', mountPath: '/again' }] })), [
    'must be another volume: the builder mounts this one itself',
  ])
  assert.deepEqual(said(mount('/certs2')), [])
})

test('without TLS, its volume and its folder are like any other', () => {
  const volumes = [{ name: 'tls', secret: { secretName: 'another' } }]
  assert.deepEqual(said({ ...builder({ volumeMounts: [{ name: 'tls', mountPath: '/certs' }] }), volumes }, {}), [])
})

test('the port with the metrics stays, and no sidecar takes it', () => {
  const ours = builder({ ports: [{ containerPort: 6060, name: 'debug' }] })
  assert.ok(
    said(ours).includes(`${STAYS}Prometheus reads metrics there; \`spec.observability.metrics.port\` is its number`),
  )
  const sidecar = (port: object) => ({ containers: [{ name: 'dns', image: 'dns', ports: [port] }] })
  assert.deepEqual(said(sidecar({ containerPort: 6060 })), [
    'must be another port: the builder serves its metrics at 6060',
  ])
  const named = sidecar({ containerPort: 9153, name: 'metrics' })
  assert.deepEqual(said(named), ['must be another name: it is that of the port with the metrics of the builder'])
  assert.deepEqual(said(named, {}), [])
})

test('with TLS, probes keep to the socket, and their times are free', () => {
  const times = 'periods and thresholds of its probes may be changed'
  const grpc = builder({ livenessProbe: { grpc: { port: 1234 } } })
  const socket = 'a kubelet has no client certificate, so that probes ask through the socket of buildkitd'
  assert.ok(said(grpc).includes(`${STAYS}${socket}; ${times}`))
  const exec = builder({ readinessProbe: { exec: { command: ['true'] } } })
  assert.ok(said(exec).includes(`${STAYS}${socket}; ${times}`))
  assert.ok(said(exec, {}).includes(`${STAYS}buildkitd answers gRPC; ${times}`))
  assert.deepEqual(said(builder({ livenessProbe: { periodSeconds: 60 } })), [])
})
