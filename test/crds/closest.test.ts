import assert from 'node:assert/strict'
import { test } from 'node:test'
import { closest } from '../../crds/closest.ts'

const fields = ['template', 'resources', 'labels', 'annotations', 'podName']

const slips: readonly (readonly [wanted: string, meant: string | undefined])[] = [
  ['templte', 'template'],
  ['tempalte', 'template'],
  ['Template', 'template'],
  ['templates', 'template'],
  ['podname', 'podName'],
  ['lables', 'labels'],
  ['annotation', 'annotations'],
  ['image', undefined],
  ['x', undefined],
  ['', undefined],
]

for (const [wanted, meant] of slips) {
  test(`"${wanted}" ${meant === undefined ? 'is a slip of no field' : `was meant to be ${meant}`}`, () => {
    assert.equal(closest(wanted, fields), meant)
  })
}

test('of two names that are as near, the first is meant', () => {
  assert.equal(closest('aac', ['aaa', 'aab']), 'aaa')
})
