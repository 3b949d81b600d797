import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resultsOf } from '../rules-broken.ts'

/** What the rule says of manifests. */
const saidOf = (manifests: string) =>
  resultsOf(manifests).flatMap(({ tags, message }) => (tags?.rule === 'BK544' ? [message] : []))

test('a variable that BuildKit does not read has no effect', () => {
  assert.deepEqual(
    saidOf(
      'kind: BuildkitTemplate\nspec: {podSpecPatch: {containers: [{name: buildkit, env: [{name: BUILDKITD_FLAGS, value: x}, {name: buildkit_step_log_max_size, value: x}, {name: ALL_PROXY, value: x}, {name: DOCKER_CONFIG, value: x}]}]}}\n',
    ),
    [
      'must be a variable that BuildKit reads, got "BUILDKITD_FLAGS"; set it in `buildkitdToml`',
      'must be a variable that BuildKit reads, got "buildkit_step_log_max_size"; did you mean "BUILDKIT_STEP_LOG_MAX_SIZE"?',
      'must be a variable that BuildKit reads, got "ALL_PROXY"; set `HTTPS_PROXY` and `HTTP_PROXY`',
      'must be a variable that BuildKit reads, got "DOCKER_CONFIG"; clients send the credentials of their registries',
    ],
  )
})

test('what it reads, what others read, and what a sidecar reads is fine', () => {
  assert.deepEqual(
    saidOf(
      'kind: BuildkitTemplate\nspec: {podSpecPatch: {containers: [{name: buildkit, env: [{name: BUILDKIT_STEP_LOG_MAX_SIZE, value: x}, {name: TZ, value: x}, {name: BUILDKIT_OLD, $patch: delete}]}]}}\n',
    ),
    [],
  )
  assert.deepEqual(
    saidOf(
      'kind: BuildkitTemplate\nspec: {podSpecPatch: {containers: [{name: side, image: x, env: [{name: BUILDKIT_X, value: y}]}]}}\n',
    ),
    [],
  )
})
