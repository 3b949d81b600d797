import assert from 'node:assert/strict'
import { test } from 'node:test'
import { labelValueOf } from '../../crds/names.ts'
import { buildkit, item, listOf, run, template } from './items.ts'
import { piped } from './piped.ts'

const documents = (...items: readonly string[]) =>
  items.map((text) => text.slice(2).replaceAll(/\n {2}/g, '\n')).join('---\n')
const pod = (name: string, label: string, metadata: object = {}) =>
  item({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { 'buildkit.seatgeek.io/buildkit': label }, ...metadata },
    spec: { containers: [{ name: 'x', image: 'y' }] },
  })
const long = `long-${'a'.repeat(70)}`

test('two Buildkits whose Pods would get one label are an error', async () => {
  const cut = labelValueOf(long)
  const input = [template('t'), buildkit(long, { template: 't' }), buildkit(cut, { template: 't' })]
  const message = (place: string) =>
    `must give Pods a unique label, but the name is cut to "${cut}", as for "${long}" in ${place}; rename one of them`
  assert.deepEqual((await piped(['build', '-'], documents(...input))).stderr, [
    `17:3: error: Buildkit ${cut}: metadata.name: ${message('line 7 of the input')}`,
  ])
  assert.deepEqual(run(listOf(input)).stderr, [`error: Buildkit ${cut}: metadata.name: ${message('the input')}`])
})

test('a Pod that is left out is a warning that says what to do', async () => {
  const configMap = item({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } })
  const { text, stderr, exitCode } = await piped(['build', '-'], documents(pod('p', 'nobody'), configMap))
  assert.deepEqual(
    { text, stderr, exitCode },
    {
      text: documents(configMap),
      stderr: [
        '1:1: warning: Pod p: is left out, because no Buildkit uses this Pod; remove it, or its label "buildkit.seatgeek.io/buildkit" if it is not one of ours',
        'rendered 0 Pods from 0 Buildkits and 0 BuildkitTemplates',
      ],
      exitCode: 0,
    },
  )
})

test('a Pod that has an owner is none of ours, and stays', async () => {
  const owned = pod('p', 'nobody', {
    ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'r', uid: 'u' }],
  })
  const text = documents(owned)
  assert.equal((await piped(['build', '-'], text)).text, text)
  assert.equal(run(listOf([owned])).text, listOf([owned]))
})

test('a file cannot say what its template was called before', async () => {
  const previous = { annotations: { 'internal.config.kubernetes.io/previousNames': 't' } }
  const evil = template('evil', { port: 6666 }, previous)
  const input = [evil, template('t', { port: 1111 }), buildkit('shop', { template: 't' })]
  const lonely = [evil, buildkit('shop', { template: 't' })]
  assert.match((await piped(['build', '-'], documents(...input))).text, /containerPort: 1111/)
  assert.match(run(listOf(input)).text, /containerPort: 1111/)
  for (const exitCode of [(await piped(['build', '-'], documents(...lonely))).exitCode, run(listOf(lonely)).exitCode])
    assert.equal(exitCode, 1)
})

test('names from before count where every object is marked by kustomize, and never win over those of now', () => {
  const marked = (id: string, more: object = {}) => ({ annotations: { 'kustomize.config.k8s.io/id': id, ...more } })
  const previous = { 'internal.config.kubernetes.io/previousNames': 'x,t' }
  const renamed = template('p-t', { port: 2222 }, marked('1', previous))
  const shop = buildkit('p-shop', { template: 't' }, marked('2'))
  assert.match(run(listOf([renamed, shop])).text, /containerPort: 2222/)
  assert.deepEqual(run(listOf([renamed, template('t', {}, marked('3')), shop])).stderr, [
    'error: Buildkit p-shop: spec.template: must name one BuildkitTemplate, got "t", the name of "p-t" and "t" now or before kustomize renamed them; give each a unique name in its source',
  ])
  const unmarked = item({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } })
  assert.equal(run(listOf([renamed, shop, unmarked])).exitCode, 1)
})

test('fifty thousand Pods with one label are no trouble', { timeout: 20_000 }, async () => {
  const many = Array.from(
    { length: 50_000 },
    (_, at) =>
      `apiVersion: v1\nkind: Pod\nmetadata:\n  name: p${at}\n  labels:\n    buildkit.seatgeek.io/buildkit: shop\n`,
  )
  const { stderr, exitCode } = await piped(['build', '-'], `${documents(template('t'))}---\n${many.join('---\n')}`)
  assert.deepEqual([stderr.length, exitCode], [1001 + 1, 0])
})

test('three thousand misspelt names are no trouble', { timeout: 20_000 }, async () => {
  const numbers = [...Array(3000).keys()]
  const templates = numbers.map((at) => template(`template-${at}`))
  const buildkits = numbers.map((at) => buildkit(`s${at}`, { template: `tmplate-${at}` }))
  const { stderr, exitCode } = await piped(['build', '-'], documents(...templates, ...buildkits))
  assert.equal(exitCode, 1)
  assert.match(stderr[0] ?? '', /got "tmplate-0"; did you mean "template-0"\?$/)
  assert.match(stderr[999] ?? '', /got "tmplate-999"; there are "template-0", "template-1", .* and 2993 more$/)
})
