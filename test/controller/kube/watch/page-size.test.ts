import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nextPageSize } from '../../../../controller/kube/watch/list-all.ts'

const MEBIBYTE = 2 ** 20

const rows: Readonly<Record<string, readonly [objects: number, bytes: number, next: number]>> = {
  'after small objects a page has 250': [20, 20_000, 250],
  'after objects of 32 kB as well': [20, 20 * 32_000, 250],
  'after larger ones it has 8 MiB of them': [250, 250 * 64 * 1024, 128],
  'after objects as large as etcd takes them it has a few': [20, 28 * MEBIBYTE, 5],
  'after objects that are larger than a page it has one': [1, 12 * MEBIBYTE, 1],
  'after no objects it has as many as before': [0, 100, 20],
}

for (const [name, [objects, bytes, next]] of Object.entries(rows))
  test(name, () => {
    assert.equal(nextPageSize(20, { objects, bytes }), next)
  })
