import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resultsOf } from '../rules-broken.ts'

/** What the rule says of a template with a patch, each with its field. */
const saidOf = (patch: string, ofBuildkit = '') =>
  resultsOf(
    `kind: BuildkitTemplate\nspec: {podSpecPatch: ${patch}}\n---\nkind: Buildkit\nspec: {template: example${ofBuildkit}}\n`,
  ).flatMap(({ tags, field, message }) => (tags?.rule === 'BK549' ? [`${field?.path} ${message}`] : []))

test('a volume that no container mounts is useless', () => {
  assert.deepEqual(saidOf('{volumes: [{name: certs, configMap: {name: ca}}]}'), [
    'spec.podSpecPatch.volumes[0].name must be in the `volumeMounts` of a container, got "certs" in none; mount or remove it',
  ])
})

test('a volume of a sidecar is used', () => {
  const side = '{name: side, image: x, volumeMounts: [{name: certs, mountPath: /x}]}'
  assert.deepEqual(saidOf(`{containers: [${side}], volumes: [{name: certs, configMap: {name: ca}}]}`), [])
})
