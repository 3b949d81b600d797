import assert from 'node:assert/strict'
import { test } from 'node:test'
import { budget, buildkit, saidOf, template } from './surroundings.ts'

const INSTEAD = 'or remove the PodDisruptionBudget and set `spec.replicas` of the Buildkit'

test('a PodDisruptionBudget that counts by controllers never allows to evict a builder', () => {
  const said = (spec: object) => saidOf(template(), buildkit('shop'), buildkit('web'), budget(spec))
  assert.deepEqual(said({ maxUnavailable: 1 }), [
    `BK715 PodDisruptionBudget spec.maxUnavailable must be left out for an integer \`minAvailable\`, got 1, which never allows to evict Buildkits "shop" and 1 more; ${INSTEAD}`,
  ])
  assert.deepEqual(said({ minAvailable: '50%' }), [
    `BK715 PodDisruptionBudget spec.minAvailable must be an integer, got "50%", which never allows to evict Buildkits "shop" and 1 more; ${INSTEAD}`,
  ])
  assert.deepEqual(said({}), [
    `BK715 PodDisruptionBudget spec.minAvailable must be an integer, got nothing, which never allows to evict Buildkits "shop" and 1 more; ${INSTEAD}`,
  ])
  assert.deepEqual(said({ minAvailable: 1 }), [])
  assert.deepEqual(said({ minAvailable: 1, maxUnavailable: null }), [])
})

test('one that may select other Pods too may allow evictions, but does not count builders', () => {
  const said = (selector: object) =>
    saidOf(template({ podLabels: { team: 'ci' } }), buildkit('shop'), {
      ...budget({}),
      spec: { maxUnavailable: 1, selector },
    }).map((one) => /which (.*?);/.exec(one)?.[1])
  const [key, names] = ['buildkit.seatgeek.io/buildkit', 'Buildkit "shop"']
  const alone = [`never allows to evict ${names}`]
  assert.deepEqual(said({ matchExpressions: [{ key, operator: 'Exists' }] }), alone)
  assert.deepEqual(
    said({ matchLabels: { team: 'ci' }, matchExpressions: [{ key, operator: 'In', values: ['shop'] }] }),
    alone,
  )
  const beside = [`does not count ${names}: without other Pods it allows no eviction, with them too many`]
  assert.deepEqual(said({}), beside)
  assert.deepEqual(said({ matchLabels: { team: 'ci' } }), beside)
  assert.deepEqual(said({ matchExpressions: [{ key, operator: 'NotIn', values: ['web'] }] }), beside)
})

test('nothing is said of a PodDisruptionBudget for others', () => {
  assert.deepEqual(saidOf(template(), buildkit('shop'), budget({ maxUnavailable: 1 }, { app: 'shop' })), [])
})
