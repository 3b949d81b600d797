import assert from 'node:assert/strict'
import { test } from 'node:test'
import { budget, buildkit, saidOf, template } from './surroundings.ts'

const said = (replicas: number, ...budgets: readonly object[]) =>
  saidOf(template(), buildkit('shop', { replicas }), buildkit('web'), ...budgets).filter((one) =>
    one.startsWith('BK717'),
  )
const SELECTS = 'BK717 PodDisruptionBudget spec.selector must not select Pods of'
const THEN = 'selects too: the API server refuses to evict a Pod with two; remove one of them'

test('two PodDisruptionBudgets of the package must not select one builder', () => {
  assert.deepEqual(said(1, budget({ minAvailable: 1 }), budget({ minAvailable: 1 }, undefined, 'other')), [
    `${SELECTS} Buildkits "shop" and 1 more, which PodDisruptionBudget "pdb" ${THEN}`,
  ])
  const [shop, web] = ['shop', 'web'].map((name) => ({ 'buildkit.seatgeek.io/buildkit': name }))
  assert.deepEqual(said(1, budget({ minAvailable: 0 }, shop), budget({ minAvailable: 0 }, web, 'other')), [])
})

test('a builder with replicas has one already', () => {
  assert.deepEqual(said(2, budget({ minAvailable: 1 })), [
    `${SELECTS} Buildkit "shop", which the rendered PodDisruptionBudget ${THEN}`,
  ])
})
