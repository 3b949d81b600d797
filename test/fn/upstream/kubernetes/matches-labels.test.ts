import assert from 'node:assert/strict'
import { test } from 'node:test'
import { matchesLabels } from '../../../../fn/upstream/kubernetes/label-selectors.ts'

type Selector = Parameters<typeof matchesLabels>[0]

const labels = { app: 'shop', tier: '' }
const one = (key: string, operator: string, values?: string[]): Selector => ({
  matchExpressions: [{ key, operator, ...(values && { values }) }],
})

const cases: readonly (readonly [string, Selector, boolean])[] = [
  ['an empty selector selects everything', {}, true],
  ['an equal label', { matchLabels: { app: 'shop' } }, true],
  ['another value', { matchLabels: { app: 'web' } }, false],
  ['a label that is missing', { matchLabels: { team: 'a' } }, false],
  ['a label without a value is no missing one', { matchLabels: { tier: '' } }, true],
  ['names of prototypes are no labels', { matchLabels: { constructor: 'Object' } }, false],
  ['In, one of them', one('app', 'In', ['web', 'shop']), true],
  ['In, none of them', one('app', 'In', ['web']), false],
  ['In, without the label', one('team', 'In', ['a']), false],
  ['In nothing', one('app', 'In'), false],
  ['NotIn, one of them', one('app', 'NotIn', ['shop']), false],
  ['NotIn, none of them', one('app', 'NotIn', ['web']), true],
  ['NotIn, without the label', one('team', 'NotIn', ['a']), true],
  ['Exists', one('tier', 'Exists'), true],
  ['Exists, without the label', one('team', 'Exists'), false],
  ['DoesNotExist', one('app', 'DoesNotExist'), false],
  ['DoesNotExist, without the label', one('team', 'DoesNotExist'), true],
  ['an operator that Kubernetes refuses', one('app', 'Gt', ['1']), false],
  ['all must hold, labels', { matchLabels: { app: 'shop', team: 'a' } }, false],
  ['all must hold, conditions', { matchLabels: { app: 'shop' }, ...one('team', 'Exists') }, false],
  ['all hold', { matchLabels: { app: 'shop' }, ...one('team', 'DoesNotExist') }, true],
]

for (const [name, selector, expected] of cases)
  test(`a selector is read as Kubernetes does: ${name}`, () => {
    assert.equal(matchesLabels(selector, labels), expected)
  })
