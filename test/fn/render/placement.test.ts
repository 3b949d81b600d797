import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildkit, fileAt, listOf, run, template } from '../items.ts'
import { builder, configMap, fileOf, podsOf, small } from '../package.ts'

test('two Buildkits of one name in a folder share a file, by namespace', () => {
  const twin = (namespace: string) => [
    template('t', {}, { namespace, annotations: fileAt('all.yaml') }),
    buildkit('twin', { template: 't' }, { namespace, annotations: fileAt('all.yaml', 1) }),
  ]
  const { items, text } = run(listOf([...twin('b'), ...twin('a')]))
  assert.deepEqual(
    podsOf(items).map((pod) => [pod.metadata.namespace, ...fileOf(pod)]),
    [
      ['b', 'pod_twin.yaml', '1'],
      ['a', 'pod_twin.yaml', '0'],
    ],
  )
  assert.equal(run(text).text, text)
})

test('a Pod goes to the sub-package of its Buildkit', () => {
  const annotations = { ...fileAt('x/b.yaml'), 'internal.config.kubernetes.io/package-path': 'root/sub' }
  const { items } = run(listOf([small, buildkit('a', { template: 'small' }, { namespace: 'ci', annotations })]))
  assert.deepEqual(podsOf(items).map(fileOf), [['x/pod_a.yaml', '0', 'root/sub']])
})

test('a Pod takes the next index of a file that others use', () => {
  const taken = configMap.replace(
    'name: other',
    "name: other\n    annotations: {internal.config.kubernetes.io/path: ci/pod_a.yaml, internal.config.kubernetes.io/index: '1'}\n    labels: {x: buildkit.seatgeek.io}",
  )
  const { items } = run(listOf([small, builder('a'), taken]))
  assert.deepEqual(podsOf(items).map(fileOf), [['ci/pod_a.yaml', '2']])
})

test('a Pod without a file gets no file', () => {
  const { items } = run(listOf([template('t'), buildkit('b', { template: 't' })]))
  assert.deepEqual(podsOf(items).map(fileOf), [[]])
})
