import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resultsOf } from '../rules-broken.ts'

/** What the rule says of manifests. */
const saidOf = (manifests: string) =>
  resultsOf(manifests).flatMap(({ tags, message }) => (tags?.rule === 'BK226' ? [message] : []))

test('a cache in memory needs a limit', () => {
  assert.deepEqual(saidOf('kind: BuildkitTemplate\nspec: {cache: {emptyDir: {medium: Memory}}}\n'), [
    'must have a `sizeLimit` with the medium "Memory", got none; set it below the memory limit of builders',
  ])
  assert.deepEqual(saidOf('kind: BuildkitTemplate\nspec: {cache: {emptyDir: {medium: Memory, sizeLimit: 8Gi}}}\n'), [])
  assert.deepEqual(saidOf('kind: BuildkitTemplate\nspec: {cache: {emptyDir: {}}}\n'), [])
})

test('a cache in memory is a part of the memory limit', () => {
  const limited = (memory: string) =>
    `kind: BuildkitTemplate\nspec: {cache: {emptyDir: {medium: Memory, sizeLimit: 8Gi}}, resources: {default: {limits: {memory: ${memory}}}}}\n`
  assert.deepEqual(saidOf(limited('4Gi')), [
    'must be less than the memory limit 4Gi of builders, because it is a part of it, got 8Gi',
  ])
  assert.deepEqual(saidOf(limited('16Gi')), [])
})
