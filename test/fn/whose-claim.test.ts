import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { item, listOf, run, template } from './items.ts'
import { builder } from './package.ts'

const NAME = 'a-jdv4rxzdl7'
const warm = template('small', { cache: { claim: { size: '120Gi', storageClassName: 'fast' } } }, { namespace: 'ci' })

suite('a claim that somebody else wrote', () => {
  const claim = (name: string, metadata: object = {}) =>
    item({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name, namespace: 'ci', ...metadata },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    })
  const labels = { 'buildkit.seatgeek.io/buildkit': 'a' }
  const strangers: Readonly<Record<string, string>> = {
    'without our label': claim('a-bcdfghjklm'),
    'with our label and a name of its own': claim('a-cache', { labels }),
    'of an owner that is not ours': claim('a-bcdfghjklm', {
      labels,
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db', uid: 'x' }],
    }),
  }
  for (const [which, text] of Object.entries(strangers)) {
    test(`stays as it came, ${which}`, () => {
      const rendered = run(listOf([warm, builder('a'), text]))
      assert.deepEqual([rendered.exitCode, rendered.results], [0, []])
      assert.ok(rendered.text.includes(text))
      const cleaned = listOf(
        [warm, builder('a'), text],
        'functionConfig: {apiVersion: v1, kind: ConfigMap, data: {mode: clean}}\n',
      )
      assert.ok(run(cleaned).text.includes(text))
    })
  }

  test('is not overwritten by one of ours of the same name', () => {
    const { exitCode, results } = run(listOf([warm, builder('a'), claim(NAME)]))
    assert.equal(exitCode, 1)
    assert.deepEqual(
      results.map(({ message }) => message),
      [`must not create PersistentVolumeClaim "${NAME}", which the input already declares; rename one of them`],
    )
  })
})
