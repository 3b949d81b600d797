import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resultsOf } from '../rules-broken.ts'

/** What the rule says of manifests. */
const saidOf = (manifests: string) =>
  resultsOf(manifests).flatMap(({ tags, message }) => (tags?.rule === 'BK546' ? [message] : []))

test('buildkitd must be able to gain privileges', () => {
  assert.deepEqual(
    saidOf(
      'kind: BuildkitTemplate\nspec: {rootless: true, podSpecPatch: {containers: [{name: buildkit, securityContext: {allowPrivilegeEscalation: false}}]}}\n',
    ),
    ['must be true or left out, because newuidmap cannot set up the user namespace, got false; remove it'],
  )
  assert.deepEqual(
    saidOf(
      'kind: BuildkitTemplate\nspec: {podSpecPatch: {containers: [{name: buildkit, securityContext: {allowPrivilegeEscalation: false}}]}}\n',
    ),
    ['must be true or left out, because the API server rejects it beside `privileged: true`, got false; remove it'],
  )
})

test('a sidecar may be without', () => {
  assert.deepEqual(
    saidOf(
      'kind: BuildkitTemplate\nspec: {podSpecPatch: {containers: [{name: proxy, image: envoy, securityContext: {allowPrivilegeEscalation: false}}]}}\n',
    ),
    [],
  )
})
