import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resultsOf } from '../rules-broken.ts'

/** What the rule says of manifests. */
const saidOf = (manifests: string) =>
  resultsOf(manifests).flatMap(({ tags, message }) => (tags?.rule === 'BK545' ? [message] : []))

test('a proxy of buildkitd is none of build steps', () => {
  assert.deepEqual(
    saidOf(
      'kind: BuildkitTemplate\nspec: {podSpecPatch: {containers: [{name: buildkit, env: [{name: https_proxy, value: x}, {name: HTTP_PROXY, value: x}]}]}}\n',
    ),
    [
      'applies to pulls and pushes of buildkitd, not to `RUN` steps; give clients the build arguments, or `proxies` in their Docker configuration',
    ],
  )
  assert.deepEqual(
    saidOf(
      'kind: BuildkitTemplate\nspec: {podSpecPatch: {containers: [{name: buildkit, env: [{name: NO_PROXY, value: x}]}]}}\n',
    ),
    [],
  )
})
