import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listOf, run } from './items.ts'
import { builder, configMap, fileOf, podsOf, small } from './package.ts'

const rendered = run(listOf([small, builder('a'), builder('b'), configMap])).text

test('a changed template changes the Pod in its place', () => {
  const before = run(rendered)
  const { items, text } = run(rendered.replace('spec: {}', 'spec: {port: 4321}'))
  assert.deepEqual(
    items.map(({ kind }) => kind),
    before.items.map(({ kind }) => kind),
  )
  const [pod] = podsOf(items)
  assert.notEqual(pod?.metadata.name, podsOf(before.items)[0]?.metadata.name)
  assert.equal(items[1]?.spec.podName, pod?.metadata.name)
  assert.ok(text.includes('- tcp://0.0.0.0:4321'))
})

test('the Pod of a Buildkit that is gone is removed, and nothing else', () => {
  const { text, items, results, exitCode } = run(rendered.replace(builderText(rendered, 'b'), ''))
  assert.equal(exitCode, 0)
  assert.deepEqual(
    items.map(({ kind, metadata }) => `${kind} ${metadata.name}`),
    ['BuildkitTemplate small', 'Buildkit a', 'Pod a-lhpkr7mzlc', 'ConfigMap other'],
  )
  assert.equal(text.slice(0, text.indexOf('results:')), run(listOf([small, builder('a'), configMap])).text)
  assert.deepEqual(results, [
    {
      message: 'removed: no Buildkit uses this Pod any more',
      severity: 'info',
      resourceRef: { apiVersion: 'v1', kind: 'Pod', name: 'b-lhpkr7mzlc', namespace: 'ci' },
      file: { path: 'ci/pod_b.yaml' },
    },
  ])
})

test('a Pod that was moved to another file stays there, also when it changes', () => {
  const moved = rendered.replaceAll('ci/pod_a.yaml', 'elsewhere/pods.yaml')
  assert.equal(run(moved).text, moved)
  const [pod] = podsOf(run(moved.replace('spec: {}', 'spec: {port: 4321}')).items)
  assert.deepEqual(pod && fileOf(pod), ['elsewhere/pods.yaml', '0'])
})

test('a Pod that was edited by hand is restored', () => {
  const restored = run(rendered.replace('image: moby', 'image: evil'))
  assert.equal(restored.text.slice(0, restored.text.indexOf('results:')), rendered)
})

test('labels and annotations that later functions add to a Pod stay', () => {
  const labelled = rendered
    .replace('\n      buildkit.seatgeek.io/template', '\n      team: x\n      buildkit.seatgeek.io/template')
    .replace('\n      config.kubernetes.io/index', '\n      note: y\n      config.kubernetes.io/index')
  assert.notEqual(labelled, rendered)
  assert.equal(run(labelled).text, labelled)
})

test('a podName written by hand is overwritten', () => {
  const { items } = run(listOf([small, builder('a').replace('template: small', 'podName: mine\n    template: small')]))
  assert.deepEqual(items[1]?.spec, { podName: 'a-lhpkr7mzlc', template: 'small' })
})

/** The text of a Buildkit's item in a list. */
function builderText(list: string, name: string): string {
  const start = list.lastIndexOf('\n- ', list.indexOf(`\n    name: ${name}\n`)) + 1
  return list.slice(start, list.indexOf('\n- ', start) + 1)
}
