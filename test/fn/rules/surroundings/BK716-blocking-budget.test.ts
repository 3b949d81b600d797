import assert from 'node:assert/strict'
import { test } from 'node:test'
import { budget, buildkit, saidOf, template } from './surroundings.ts'

test('a PodDisruptionBudget of a single Pod lets no drain end', () => {
  assert.deepEqual(saidOf(template(), buildkit('shop', { replicas: 1 }), budget({ minAvailable: 1 })), [
    'BK716 PodDisruptionBudget spec.minAvailable must be 0 for the Pod of Buildkit "shop", or no drain can evict it, got 1; remove the PodDisruptionBudget and set `spec.replicas` of the Buildkit',
  ])
  assert.deepEqual(saidOf(template(), buildkit('shop'), budget({ minAvailable: 0 })), [])
})

test('all Pods that a PodDisruptionBudget selects are counted, those of replicas by their labels', () => {
  const said = (minAvailable: number, labels?: object) =>
    saidOf(template(), buildkit('shop', { replicas: 2 }), buildkit('web'), budget({ minAvailable }, labels))
      .filter((one) => one.startsWith('BK716'))
      .map((one) => one.slice(0, 100))
  assert.deepEqual(said(2), [])
  assert.deepEqual(said(3), [
    'BK716 PodDisruptionBudget spec.minAvailable must be less than the 3 Pods of Buildkits "shop" and 1 m',
  ])
  assert.deepEqual(said(1, { 'buildkit.seatgeek.io/replica': '1' }), [
    'BK716 PodDisruptionBudget spec.minAvailable must be 0 for the Pods of Buildkit "shop", or no drain c',
  ])
})

test('whether other Pods are counted too is not known if a label that others may have selects builders', () => {
  const labels = { 'app.kubernetes.io/name': 'buildkit' }
  assert.deepEqual(saidOf(template(), buildkit('shop'), budget({ minAvailable: 1 }, labels)), [
    'BK716 PodDisruptionBudget spec.minAvailable must be 0 for the Pod of Buildkit "shop" if no other Pods are selected, or no drain can evict it, got 1; remove the PodDisruptionBudget and set `spec.replicas` of the Buildkit',
  ])
})
