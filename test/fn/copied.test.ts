import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { parse, stringify } from 'yaml'
import { fileAt, item, listOf, type Ran, type Read, run, template } from './items.ts'
import { builder } from './package.ts'
import { piped } from './piped.ts'

const small = (more: object = {}) =>
  template(
    'small',
    {
      cache: { claim: { size: '10Gi' } },
      service: {},
      tls: { secretName: 'small-tls', certificate: { issuerRef: { name: 'ca' }, duration: '720h' } },
      ...more,
    },
    { namespace: 'ci', annotations: fileAt('ci/templates.yaml') },
  )
const first = run(listOf([small(), builder('a')]))
const KINDS = ['Pod', 'PersistentVolumeClaim', 'Service', 'Certificate'] as const
type Kind = (typeof KINDS)[number]
const LABEL: Readonly<Record<Kind, string>> = {
  Pod: 'buildkit.seatgeek.io/buildkit',
  PersistentVolumeClaim: 'buildkit.seatgeek.io/buildkit',
  Service: 'buildkit.seatgeek.io/buildkit',
  Certificate: 'buildkit.seatgeek.io/template',
}
const messages = ({ results }: Ran) => results.map(({ severity, message }) => `${severity}: ${message}`)
const errorsOf = (ran: Ran) => messages(ran).filter((message) => message.startsWith('error'))
const rendered = (kind: Kind) => structuredClone(first.items.find((one) => one.kind === kind)) as Read
const texts = ({ items }: Ran) => items.map((one) => item(one))

/** A rendered object that somebody copied to a file of their own. */
function copyOf(kind: Kind, metadata: object = { name: 'mine' }, spec: object = {}): string {
  const copy = rendered(kind)
  const annotations = fileAt('ci/mine.yaml')
  return item({ ...copy, metadata: { ...copy.metadata, annotations, ...metadata }, spec: { ...copy.spec, ...spec } })
}

const notWritten = (kind: Kind) =>
  `error: must not have the label "${LABEL[kind]}", because rendering gives no ${kind} this name; remove the label to keep the ${kind}, or remove the ${kind}`

for (const kind of ['Pod', 'Service', 'Certificate'] as const)
  suite(`a ${kind} that was copied from a rendered one, with its labels`, () => {
    test('is an error in a package in place, and nothing is written', () => {
      for (const package_ of [texts(first), [small(), builder('a')]]) {
        const ran = run(listOf([...package_, copyOf(kind)]))
        assert.deepEqual([ran.exitCode, messages(ran)], [1, [notWritten(kind)]])
      }
    })

    test('is an error to check, and to clean', () => {
      for (const mode of ['check', 'clean']) {
        const config = `functionConfig: {apiVersion: v1, kind: ConfigMap, data: {mode: ${mode}}}\n`
        const ran = run(listOf([...texts(first), copyOf(kind)], config))
        const renamed = `error: must keep the name that it was rendered with for Buildkit "a"; render in the outermost layer, after names are changed`
        const isRenamed = mode === 'check' && kind === 'Pod'
        assert.deepEqual([ran.exitCode, errorsOf(ran)], [1, [isRenamed ? renamed : notWritten(kind)]])
      }
    })

    test('is left out of a stream with a warning', async () => {
      const stream = [...texts(first), copyOf(kind)].map((one) => stringify(parse(one)[0])).join('---\n')
      const { stderr, exitCode, text } = await piped(['build', '-'], stream)
      const owner = kind === 'Certificate' ? 'BuildkitTemplate' : 'Buildkit'
      const said = stderr.filter((line) => line.includes('ci/mine')).map((line) => line.replace(/^[\d:]+ /, ''))
      assert.deepEqual(
        [exitCode, said],
        [
          0,
          [
            `warning: ${kind} ci/mine: is left out, because no ${owner} uses this ${kind}; remove it, or its label "${LABEL[kind]}" if it is not one of ours`,
          ],
        ],
      )
      assert.ok(!text.includes('name: mine'))
    })

    test('stays without that label', () => {
      const { labels } = rendered(kind).metadata
      const own = Object.fromEntries(Object.entries(labels ?? {}).filter(([key]) => key !== LABEL[kind]))
      const text = copyOf(kind, { name: 'mine', labels: own }, kind === 'Certificate' ? { secretName: 'mine' } : {})
      const ran = run(listOf([small(), builder('a'), text]))
      assert.deepEqual([ran.exitCode, ran.text.includes(text)], [0, true])
    })
  })

test('a copied claim is nobody’s, and stays', () => {
  const text = copyOf('PersistentVolumeClaim')
  assert.ok(run(listOf([...texts(first), text])).text.includes(text))
})

test('a Certificate for clients was not written by rendering, whatever its name', () => {
  const client = copyOf('Certificate', { name: 'ci' }, { secretName: 'ci', usages: ['client auth'] })
  assert.deepEqual(messages(run(listOf([...texts(first), client]))), [notWritten('Certificate')])
})

for (const kind of KINDS)
  test(`two objects with the labels and the name of one ${kind} are an error`, () => {
    const ran = run(listOf([...texts(first), copyOf(kind, {}, { paused: true })]))
    const file = rendered(kind).metadata.annotations['internal.config.kubernetes.io/path']
    assert.deepEqual(messages(ran), [
      `error: must be the only ${kind} of this name in its namespace, but ${file} has another; remove one of them`,
    ])
  })

const EDITS: Readonly<Record<Kind, readonly [spec: object, field: string]>> = {
  Pod: [{ hostname: 'edited' }, 'spec.hostname'],
  PersistentVolumeClaim: [{ volumeName: 'pv-1' }, 'spec.volumeName'],
  Service: [{ externalTrafficPolicy: 'Local' }, 'spec.externalTrafficPolicy'],
  Certificate: [{ usages: ['client auth'] }, 'spec.usages[0]'],
}
for (const [kind, [spec, field]] of Object.entries(EDITS) as [Kind, (typeof EDITS)[Kind]][]) {
  const edited = first.items.map((one) => item(one.kind === kind ? { ...one, spec: { ...one.spec, ...spec } } : one))
  test(`a ${kind} that was changed by hand is written again with a warning`, () => {
    const ran = run(listOf(edited))
    assert.deepEqual(
      ran.results.map((one) => [one.severity, (one.field as { path: string } | undefined)?.path]),
      [['warning', field]],
    )
    assert.match(messages(ran)[0] ?? '', /changed by hand.*; rendering overwrites it$/)
    assert.deepEqual(ran.items.find((one) => one.kind === kind)?.spec, rendered(kind).spec)
  })
}

test('what a template has changed is written again without a finding', () => {
  const later = small({
    cache: { claim: { size: '20Gi' } },
    service: { type: 'NodePort', port: 1235 },
    tls: {
      secretName: 'small-tls',
      certificate: { issuerRef: { name: 'other', kind: 'ClusterIssuer' }, dnsNames: ['a.b'] },
    },
  })
  const ran = run(listOf(first.items.map((one) => (one.kind === 'BuildkitTemplate' ? later : item(one)))))
  assert.deepEqual(ran.results, [])
})

test('a Certificate for another Secret takes the place of the former one, which is named', () => {
  const later = small({ tls: { secretName: 'new-tls', certificate: { issuerRef: { name: 'ca' } } } })
  const ran = run(listOf(first.items.map((one) => (one.kind === 'BuildkitTemplate' ? later : item(one)))))
  assert.deepEqual(messages(ran), [
    'info: replaced by "new-tls", because the template fills another Secret; Secret "small-tls" stays in the cluster',
  ])
})
