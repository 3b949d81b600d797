import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import fc from 'fast-check'
import { parse, parseAllDocuments } from 'yaml'
import { customResourceDefinition } from '../../crds/generate/custom-resource-definition.ts'
import { KINDS } from '../../crds/generate/kinds.ts'
import { pathText } from '../../crds/issues/field-path.ts'
import { needs } from '../harness/servers/binaries.ts'
import { type CrdCluster, conditionsIn, startCrdCluster } from '../harness/servers/crd-cluster.ts'
import { badManifests } from './bad-manifests.ts'
import { mutated, mutations } from './mutation.ts'
import { type Manifest, verdictsOn } from './verdicts.ts'

const BUILDKITS = '/apis/buildkit.seatgeek.io/v1alpha1/namespaces/default/buildkits'
const EVERY_FIELD = `${BUILDKITS}/every-field`
const DRY_RUN = '?dryRun=All&fieldValidation=Strict'
const template = parse(testdata('every-field-of-a-template.yaml')) as Manifest
const buildkit = parse(testdata('every-field-of-a-buildkit.yaml')) as Manifest
const status = parse(testdata('every-field-of-a-status.yaml')) as Manifest

suite('on an API server', { skip: needs('etcd', 'kube-apiserver', 'kubectl') }, () => {
  let cluster: CrdCluster
  before(async () => {
    cluster = await startCrdCluster()
  })
  after(() => cluster.stop())

  for (const kind of KINDS) {
    test(`the definition of ${kind.kind} is accepted without a warning, with all its names`, () => {
      const { created, established } = cluster.definitions[kind.kind] as CrdCluster['definitions'][string]
      assert.deepEqual([created.status, created.warnings], [201, []])
      assert.deepEqual(conditionsIn(established), { NamesAccepted: 'True', Established: 'True' })
      assert.deepEqual(established.body.status.acceptedNames, customResourceDefinition(kind).spec.names)
    })
  }

  suite('a Buildkit', () => buildkitTests(() => cluster))
  suite('our own validation agrees', () => agreementTests(() => cluster))
})

function buildkitTests(cluster: () => CrdCluster): void {
  before(() => cluster().request('POST', BUILDKITS, buildkit))
  after(() => cluster().request('DELETE', EVERY_FIELD))

  test('is one that no controller has looked at', async () => {
    const { body } = await cluster().request('GET', EVERY_FIELD)
    assert.deepEqual(body.status, { observedGeneration: -1 })
  })

  test('is found by its template and by its Pod', async () => {
    const selectors = ['spec.template=every-field', 'spec.podName=every-field-bcdfghjklm', 'spec.template=other']
    const paths = selectors.map((selector) => `${BUILDKITS}?fieldSelector=${selector}`)
    const lists = await Promise.all(paths.map((path) => cluster().request('GET', path)))
    const found = lists.map(({ body }) => body.items.length)
    assert.deepEqual(found, [1, 1, 0])
  })

  test('may be changed: its Pod changes with its template', async () => {
    const patch = { spec: { podName: 'every-field-xzdfghjklm' } }
    const { body } = await cluster().request('PATCH', `${EVERY_FIELD}${DRY_RUN}`, patch)
    assert.equal(body.spec.podName, 'every-field-xzdfghjklm')
  })

  test('takes every field of a status, and none that a status does not have', async () => {
    const statuses = [status, { ...status, phase: 'Ready' }, { ...status, endpoint: 1234 }]
    const path = `${EVERY_FIELD}/status${DRY_RUN}`
    const answers = await Promise.all(statuses.map((one) => cluster().request('PATCH', path, { status: one })))
    const codes = answers.map((answer) => answer.status)
    assert.deepEqual(codes, [200, 422, 422])
  })

  test('shows kubectl its endpoint, readiness, reason and Pod', async () => {
    await cluster().request('PATCH', `${EVERY_FIELD}/status`, { status })
    const { stdout, stderr } = await cluster().kubectl(['get', 'buildkit', 'every-field'])
    const [names, cells] = stdout.split('\n').map((line) => line.split(/ {2,}/))
    assert.deepEqual(names, ['NAME', 'ENDPOINT', 'READY', 'REASON', 'POD', 'AGE'])
    assert.deepEqual(cells?.slice(0, 5), [
      'every-field',
      'tcp://10.1.2.3:1234',
      'True',
      'Ready',
      'every-field-bcdfghjklm',
    ])
    assert.equal(stderr, '')
  })
}

function agreementTests(cluster: () => CrdCluster): void {
  test("on the example of the operator's README, word for word", async () => {
    await cluster().request('POST', '/api/v1/namespaces', { metadata: { name: 'some-ns' } })
    const manifests = parseAllDocuments(testdata('operator-readme-example.yaml')).map((document) => document.toJS())
    for (const manifest of manifests) assert.deepEqual(await verdictsOn(cluster(), manifest, 'some-ns'), {})
  })

  test('on manifests with every field', async () => {
    for (const manifest of [template, buildkit]) assert.deepEqual(await verdictsOn(cluster(), manifest), {})
  })

  for (const [name, field, manifest] of badManifests) {
    test(`to refuse ${name}`, async () => {
      const { server: message, own = [] } = await verdictsOn(cluster(), manifest)
      assert.ok(message?.includes(field), message)
      const paths = own.map(({ path }) => pathText(path))
      assert.ok(paths.length === 1 && paths[0]?.startsWith(field), paths.join())
    })
  }

  test('on 1,000 manifests with arbitrary changes, and on the defaults of those that are valid', async () => {
    const count = { accepted: 0, refused: 0 }
    const manifests = fc.tuple(fc.constantFrom(template, buildkit), mutations)
    const agreement = fc.asyncProperty(manifests, async ([manifest, changes]) => {
      const { server: message, own } = await verdictsOn(cluster(), mutated(manifest, changes))
      assert.equal(own === undefined, message === undefined, message ?? JSON.stringify(own))
      count[message === undefined ? 'accepted' : 'refused']++
    })
    await fc.assert(agreement, { numRuns: 1000, seed: 20261124 })
    assert.ok(Math.min(count.accepted, count.refused) > 200, JSON.stringify(count))
  })
}

function testdata(name: string): string {
  return readFileSync(join(import.meta.dirname, 'testdata', name), 'utf8')
}
