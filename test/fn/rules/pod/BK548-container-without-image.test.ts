import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resultsOf } from '../rules-broken.ts'

/** What the rule says of a template with a patch, each with its field. */
const saidOf = (patch: string, ofBuildkit = '') =>
  resultsOf(
    `kind: BuildkitTemplate\nspec: {podSpecPatch: ${patch}}\n---\nkind: Buildkit\nspec: {template: example${ofBuildkit}}\n`,
  ).flatMap(({ tags, field, message }) => (tags?.rule === 'BK548' ? [`${field?.path} ${message}`] : []))

test('a patch under another name than buildkit adds a container', () => {
  assert.deepEqual(saidOf('{containers: [{name: buildkitd, env: [{name: TZ, value: UTC}]}]}'), [
    'spec.podSpecPatch.containers[0].name must have an `image`, because it is another container than "buildkit", got "buildkitd" without one; rename it, or set `image`',
  ])
  assert.deepEqual(saidOf('{initContainers: [{name: binfmt}]}').length, 1)
})

test('a sidecar has an image', () => {
  assert.deepEqual(saidOf('{containers: [{name: proxy, image: envoy}]}'), [])
  assert.deepEqual(
    saidOf('{containers: [{name: proxy}]}', ', podSpecPatch: {containers: [{name: proxy, image: envoy}]}'),
    [],
  )
})
