import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileAt, item, listOf, type Ran, run, template } from './items.ts'
import { builder, fileOf, podsOf } from './package.ts'
import { piped } from './piped.ts'

const tls = (more: object = {}) => ({
  secretName: 'small-tls',
  certificate: { issuerRef: { name: 'ca' }, duration: '720h' },
  ...more,
})
const secure = (spec: object = {}) =>
  template(
    'small',
    { tls: tls(), service: { annotations: { 'example.com/b': '2', 'example.com/a': '1' } }, ...spec },
    { namespace: 'ci', annotations: fileAt('ci/templates.yaml') },
  )
const ours = (kind: string, { items }: Ran) => items.filter((one) => one.kind === kind)
const withoutAnnotations = ({ metadata: { annotations: _, ...metadata }, ...rest }: Ran['items'][number]) => ({
  ...rest,
  metadata,
})
const messages = ({ results }: Ran) => results.map(({ severity, message }) => `${severity}: ${message}`)

const first = run(listOf([secure(), builder('a'), builder('b')]))

test('a Certificate is in Git beside the template whose Secret it fills, once for all builders', () => {
  const certificates = ours('Certificate', first)
  assert.deepEqual(certificates.map(withoutAnnotations), [
    {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata: {
        name: 'small-tls',
        namespace: 'ci',
        labels: {
          'app.kubernetes.io/name': 'buildkit',
          'buildkit.seatgeek.io/template': 'small',
          'buildkit.seatgeek.io/managed-by': 'render-buildkit',
        },
      },
      spec: {
        secretName: 'small-tls',
        duration: '720h',
        dnsNames: ['small.ci.svc', '*.ci.svc'],
        usages: ['digital signature', 'key encipherment', 'server auth'],
        privateKey: { rotationPolicy: 'Always' },
        issuerRef: { name: 'ca', kind: 'Issuer', group: 'cert-manager.io' },
      },
    },
  ])
  assert.deepEqual(certificates.map(fileOf), [['ci/certificate_small.yaml', '0']])
})

test('a Service is in Git beside each Pod, with the name of its Buildkit', () => {
  const services = ours('Service', first)
  assert.deepEqual(services.slice(0, 1).map(withoutAnnotations), [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        name: 'a',
        namespace: 'ci',
        labels: {
          'buildkit.seatgeek.io/buildkit': 'a',
          'app.kubernetes.io/name': 'buildkit',
          'buildkit.seatgeek.io/template': 'small',
          'buildkit.seatgeek.io/managed-by': 'render-buildkit',
        },
      },
      spec: {
        type: 'ClusterIP',
        selector: { 'buildkit.seatgeek.io/buildkit': 'a' },
        ports: [{ name: 'tcp', protocol: 'TCP', port: 1234, targetPort: 'tcp' }],
      },
    },
  ])
  assert.deepEqual(services.map(fileOf), [
    ['ci/pod_a.yaml', '0'],
    ['ci/pod_b.yaml', '0'],
  ])
})

test('rendering Services and Certificates twice changes nothing', () => {
  assert.equal(run(first.text).text, first.text)
})

test('a stream has the Certificate after its template, and the Service before its Pod', async () => {
  const object = (listed: string) => listed.replace('- ', '  ').replaceAll('\n  ', '\n').slice(2)
  const { text } = await piped(['build', '-'], [secure(), builder('a')].map(object).join('---\n'))
  assert.deepEqual(
    text.match(/^kind: .*$/gm),
    ['BuildkitTemplate', 'Certificate', 'Buildkit', 'Service', 'Pod'].map((kind) => `kind: ${kind}`),
  )
})

test('a Certificate stays where a cluster gets no templates', () => {
  const config = `functionConfig: {apiVersion: v1, kind: ConfigMap, data: {dropTemplates: 'true'}}\n`
  const inStream = template('small', { tls: tls() }, { namespace: 'ci' })
  const { items } = run(listOf([inStream, builder('a')]).replace('items:\n', `${config}items:\n`))
  assert.deepEqual(
    items.map(({ kind }) => kind),
    ['Certificate', 'Buildkit', 'Pod'],
  )
})

test('a change of a Service or of a Certificate is made in place, and no Pod has another name', () => {
  const changed = run(
    first.text.replace('duration: 720h', 'duration: 1440h').replace('type: ClusterIP', 'type: NodePort'),
  )
  const pods = (ran: Ran) => podsOf(ran.items).map(({ metadata }) => metadata.name)
  assert.deepEqual(pods(changed), pods(first))
  assert.deepEqual(ours('Certificate', changed).map(fileOf), ours('Certificate', first).map(fileOf))
})

test('an annotation that has left the template leaves its Services', () => {
  const [service] = ours('Service', run(first.text.replace('      example.com/b: "2"\n', '')))
  assert.ok(service)
  assert.deepEqual(
    Object.entries(service.metadata.annotations).filter(([key]) => !key.includes('config.')),
    [
      ['example.com/a', '1'],
      ['buildkit.seatgeek.io/service-annotations', 'example.com/a'],
    ],
  )
})

test('what a template no longer asks for is removed, and what people have written stays', () => {
  const own = item({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'mine', namespace: 'ci', labels: { 'buildkit.seatgeek.io/buildkit': 'a' } },
    spec: { selector: { 'buildkit.seatgeek.io/buildkit': 'a' }, ports: [{ port: 1234 }] },
  })
  const before = run(listOf([secure(), builder('a'), own]))
  const plain = before.text.replace(/ {4}tls:\n(?: {6}.*\n)+/, '').replace(/ {4}service:\n(?: {6}.*\n)+/, '')
  const after = run(plain)
  assert.deepEqual(
    after.items.map(({ kind, metadata }) => `${kind} ${metadata.name}`).filter((one) => !/^Build|^Pod/.test(one)),
    ['Service mine'],
  )
  assert.deepEqual(messages(after), [
    'info: removed: no BuildkitTemplate uses this Certificate any more',
    'info: removed: no Buildkit uses this Service any more',
  ])
})

test('check names a Service that was changed by hand', () => {
  const edited = first.text.replace('targetPort: tcp', 'targetPort: 4321')
  const config = 'functionConfig: {apiVersion: v1, kind: ConfigMap, data: {mode: check}}\n'
  const checked = run(edited.replace('items:\n', `${config}items:\n`))
  assert.deepEqual(messages(checked), [
    'error: must be "tcp", got 4321; it was changed by hand, by a later function or in its template; render the package again',
  ])
})

test('a Service or a Certificate that somebody else declares is not taken over', () => {
  const foreign = (apiVersion: string, kind: string, name: string) =>
    item({ apiVersion, kind, metadata: { name, namespace: 'ci', annotations: {} }, spec: {} })
  const ran = run(
    listOf([
      secure(),
      builder('a'),
      foreign('v1', 'Service', 'a'),
      foreign('cert-manager.io/v1', 'Certificate', 'small-tls'),
    ]),
  )
  assert.equal(ran.exitCode, 1)
  assert.deepEqual(
    messages(ran).filter((message) => /must not create Service "a"|declares Certificate "small-tls"/.test(message))
      .length,
    2,
  )
})

test('two templates cannot fill one Secret', () => {
  const other = template('other', { tls: tls() }, { namespace: 'ci', annotations: fileAt('ci/templates.yaml', 1) })
  const ran = run(listOf([secure(), other, builder('a'), builder('c', 'other')]))
  assert.equal(ran.exitCode, 1)
  assert.ok(messages(ran).some((message) => message.includes('renders Certificate "small-tls"')))
})

test('a Certificate stays where its template has no Buildkits, because those of another one may mount its Secret', () => {
  const { items } = run(listOf([secure()]))
  assert.deepEqual(
    items.map(({ kind, metadata }) => `${kind} ${metadata.name}`),
    ['BuildkitTemplate small', 'Certificate small-tls'],
  )
})

test('what a layer above has given other common labels is known again', () => {
  const relabeled = first.text.replaceAll(
    'app.kubernetes.io/name: buildkit\n',
    'app.kubernetes.io/name: buildkit\n      app.kubernetes.io/managed-by: kustomize\n',
  )
  assert.equal(run(relabeled).text, relabeled)
})
