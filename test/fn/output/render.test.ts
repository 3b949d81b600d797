import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { buildkit, fileAt, listOf, run, template } from '../items.ts'
import { builder, configMap, large, podsOf, small } from '../package.ts'

test('a Buildkit gets its Pod behind it, beside it, and its name', () => {
  const { items, stderr, exitCode, results } = run(listOf([small, builder('a'), configMap]))
  assert.deepEqual({ stderr, exitCode, results }, { stderr: [], exitCode: 0, results: [] })
  assert.deepEqual(
    items.map(({ kind }) => kind),
    ['BuildkitTemplate', 'Buildkit', 'Pod', 'ConfigMap'],
  )
  assert.deepEqual(items[1]?.spec, { template: 'small', podName: 'a-lhpkr7mzlc' })
  assert.deepEqual(items[2]?.metadata, {
    name: 'a-lhpkr7mzlc',
    namespace: 'ci',
    labels: {
      'app.kubernetes.io/name': 'buildkit',
      'buildkit.seatgeek.io/buildkit': 'a',
      'buildkit.seatgeek.io/template': 'small',
    },
    annotations: {
      ...fileAt('ci/pod_a.yaml'),
      'config.kubernetes.io/index': '0',
      'config.kubernetes.io/path': 'ci/pod_a.yaml',
      'argocd.argoproj.io/compare-options': 'IgnoreExtraneous',
      'argocd.argoproj.io/ignore-healthcheck': 'true',
      'argocd.argoproj.io/sync-options': 'Prune=false',
      'client.lifecycle.config.k8s.io/deletion': 'detach',
      'client.lifecycle.config.k8s.io/mutation': 'ignore',
      'kustomize.toolkit.fluxcd.io/prune': 'disabled',
      'kustomize.toolkit.fluxcd.io/ssa': 'IfNotPresent',
      'kustomize.toolkit.fluxcd.io/substitute': 'disabled',
    },
  })
})

test('rendering twice changes nothing', () => {
  const inputs = [
    listOf([small, large, builder('a'), builder('b', 'large'), configMap]),
    listOf([small, builder('a')].map((text) => text.replace(/^/gm, '  ').trimEnd().concat('\n'))),
    listOf([small, builder('a')]).replace(/\n/g, '\r\n'),
    listOf([template('t'), buildkit('b', { template: 't' })]),
    `{"apiVersion": "config.kubernetes.io/v1", "kind": "ResourceList", "items": [{"apiVersion": "buildkit.seatgeek.io/v1alpha1", "kind": "BuildkitTemplate", "metadata": {"name": "t"}}, {"apiVersion": "buildkit.seatgeek.io/v1alpha1", "kind": "Buildkit", "metadata": {"name": "b"}, "spec": {"template": "t"}}]}`,
  ]
  for (const input of inputs) {
    const { text, exitCode, items } = run(input)
    assert.equal(exitCode, 0)
    assert.notDeepEqual(podsOf(items), [])
    assert.equal(run(text).text, text)
  }
})

test('input order does not change a Pod', () => {
  const items = [small, large, configMap, ...['a', 'b', 'c'].map((name) => builder(name)), builder('d', 'large')]
  const twins = ['x', 'y'].flatMap((namespace) => [
    template('t', {}, { namespace, annotations: fileAt('t.yaml') }),
    buildkit('twin', { template: 't' }, { namespace, annotations: fileAt('twins.yaml') }),
  ])
  const podsIn = (order: readonly string[]) =>
    podsOf(run(listOf(order)).items).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  const expected = podsIn([...items, ...twins])
  assert.equal(expected.length, 6)
  fc.assert(
    fc.property(fc.shuffledSubarray([...items, ...twins], { minLength: items.length + twins.length }), (order) => {
      assert.deepEqual(podsIn(order), expected)
    }),
    { numRuns: 30 },
  )
})

test('long names make Pod names and labels of at most 63 characters that differ', () => {
  const names = ['a', 'b'].map((last) => `${'x'.repeat(200)}.${last}`)
  const { items, exitCode } = run(listOf([template('t'), ...names.map((name) => buildkit(name, { template: 't' }))]))
  assert.equal(exitCode, 0)
  const pods = podsOf(items)
  assert.equal(new Set(pods.map(({ metadata }) => metadata.name)).size, 2)
  const labels = pods.map(({ metadata }) => metadata.labels?.['buildkit.seatgeek.io/buildkit'])
  assert.equal(new Set(labels).size, 2)
  for (const text of [...labels, ...pods.map(({ metadata }) => metadata.name)])
    assert.match(String(text), /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])$/)
})
