import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stringify } from 'yaml'
import { resultsOf } from '../rules-broken.ts'

/** What is said of a builder with a Service, as `rule field message`. */
function said(service: object, { name = 'shop', ...spec }: Readonly<Record<string, unknown>> = {}, minor?: number) {
  const manifests = [
    { kind: 'BuildkitTemplate', spec: { service, ...spec } },
    { kind: 'Buildkit', metadata: { name } },
  ]
  const config = minor === undefined ? {} : { kubernetesVersion: { major: 1, minor } }
  return resultsOf(manifests.map((object) => stringify(object)).join('---\n'), config).map(({ tags, field, message }) =>
    [tags?.rule, field?.path, message].join(' '),
  )
}

test('a builder with a Service has a name that the Service can have', () => {
  const named = (name: string, minor?: number) => said({}, { name }, minor).filter((one) => one.startsWith('BK551'))
  const message = (name: string, start = '') =>
    `BK551 metadata.name must have at most 63 lower-case letters, digits and "-"${start}, because a Service has the same name, got "${name}"; rename the Buildkit, or leave out \`spec.service\` of the template`
  assert.deepEqual(named('shop.example'), [message('shop.example')])
  assert.deepEqual(named('a'.repeat(64)), [message('a'.repeat(64))])
  for (const name of ['shop', 'a'.repeat(63), '1-shop']) assert.deepEqual(named(name), [])
  assert.deepEqual(named('1-shop', 35), [message('1-shop', ', and start with a letter')])
  assert.deepEqual(named('1-shop', 36), [])
})

test('no builder takes over the Service of the API server', () => {
  const named = (name: string, namespace?: string, service?: object) => {
    const manifests = [
      { kind: 'BuildkitTemplate', metadata: { namespace }, spec: { service } },
      { kind: 'Buildkit', metadata: { name, namespace } },
    ]
    return resultsOf(manifests.map((object) => stringify(object)).join('---\n')).map(({ tags, field, message }) =>
      [tags?.rule, field?.path, message].join(' '),
    )
  }
  assert.deepEqual(named('kubernetes', 'default', {}), [
    'BK551 metadata.name must not be "kubernetes" in namespace "default", where the Service of that name leads to the API server; rename the Buildkit, or leave out `spec.service` of the template',
  ])
  const others = [named('kubernetes', 'ci', {}), named('kubernetes', undefined, {}), named('shop', 'default', {})]
  for (const one of [...others, named('kubernetes', 'default')]) assert.deepEqual(one, [])
})

test('whoever reaches a Service of a load balancer needs a certificate', () => {
  const message = (type: string) =>
    `BK427 spec.service.type must be "ClusterIP" without client certificates, got "${type}"; anyone who can reach it can build; set \`spec.tls\` with \`clientAuth: Require\``
  for (const type of ['LoadBalancer', 'NodePort']) {
    assert.deepEqual(said({ type }), [message(type)])
    assert.deepEqual(said({ type }, { tls: { secretName: 'a', clientAuth: 'None' } }), [message(type)])
    assert.deepEqual(said({ type }, { tls: { secretName: 'a' } }), [])
  }
  assert.deepEqual(said({}), [])
})

test('annotations of Services are of users, and have valid keys', () => {
  const at = 'spec.service.annotations'
  const annotations = {
    'buildkit.seatgeek.io/retirement': 'engine',
    'buildkit.seatgeek.io/ignore-rules': 'BK427',
    'argocd.argoproj.io/tracking-id': 'a',
    'config.kubernetes.io/index': '1',
    'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal',
  }
  assert.deepEqual(said({ annotations }), [
    ` ${at}[buildkit.seatgeek.io/retirement] must not be set, because render-buildkit writes it; remove it`,
    ` ${at}[buildkit.seatgeek.io/ignore-rules] must be an annotation of the object itself, not of its Services; move it to \`metadata.annotations\``,
    ` ${at}[argocd.argoproj.io/tracking-id] must not be set, because a tool writes it on the objects that it applies and would treat the Service as its own; remove it`,
    ` ${at}[config.kubernetes.io/index] must not be set, because kpt and kustomize skip such an object; remove it`,
  ])
  assert.match(said({ annotations: { 'https://a/b': 'c' } }).join(), /^BK504 spec\.service\.annotations/)
})
