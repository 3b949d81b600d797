import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildkit, listOf, run, template } from './items.ts'
import { builder, podsOf } from './package.ts'

const warm = template('small', { cache: { claim: { size: '120Gi' } } }, { namespace: 'ci' })

test('builders of one template have a claim each, also where a long name is cut', () => {
  const long = 'a'.repeat(70)
  const { items } = run(listOf([warm, builder('a'), builder('b'), builder(long), builder(`${long}b`)]))
  const claims = items.filter(({ kind }) => kind === 'PersistentVolumeClaim')
  const names = claims.map(({ metadata }) => metadata.name)
  assert.equal(new Set(names).size, 4)
  assert.ok(names.every((name) => name.length <= 63))
})

test('a host path is a folder for each builder, below its namespace', () => {
  const nvme = template('small', { cache: { hostPath: { path: '/mnt/nvme/' } } }, { namespace: 'ci' })
  const other = template('small', { cache: { hostPath: { path: '/mnt/nvme' } } }, { namespace: 'qa' })
  const { items } = run(
    listOf([nvme, other, builder('a'), builder('b'), buildkit('a', { template: 'small' }, { namespace: 'qa' })]),
  )
  const volumes = podsOf(items).map(
    ({ spec }) => (spec.volumes as readonly { readonly hostPath: object }[])[0]?.hostPath,
  )
  assert.deepEqual(
    volumes,
    ['/mnt/nvme/ci/a', '/mnt/nvme/ci/b', '/mnt/nvme/qa/a'].map((path) => ({ path, type: 'DirectoryOrCreate' })),
  )
})
