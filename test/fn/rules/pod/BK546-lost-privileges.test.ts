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

test('a rootless builder needs two capabilities and the system calls of user namespaces', () => {
  const hardened = (securityContext: string, rootless = true) =>
    `kind: BuildkitTemplate\nspec: {rootless: ${rootless}, podSpecPatch: {containers: [{name: buildkit, securityContext: ${securityContext}}]}}\n`
  assert.deepEqual(saidOf(hardened('{capabilities: {drop: [ALL]}, seccompProfile: {type: RuntimeDefault}}')), [
    'must not take away SETUID and SETGID, which newuidmap and newgidmap need, got "ALL"; add them to `capabilities.add`',
    'must be "Unconfined" or a profile that permits user namespaces and mounts, got "RuntimeDefault"',
  ])
  assert.deepEqual(saidOf(hardened('{capabilities: {drop: [ALL], add: [SETUID, SETGID]}}')), [])
})
