import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resultsOf } from '../rules-broken.ts'

/** What the rule says of a template with a patch, each with its field. */
const saidOf = (patch: string, ofBuildkit = '') =>
  resultsOf(
    `kind: BuildkitTemplate\nspec: {podSpecPatch: ${patch}}\n---\nkind: Buildkit\nspec: {template: example${ofBuildkit}}\n`,
  ).flatMap(({ tags, field, message }) => (tags?.rule === 'BK547' ? [`${field?.path} ${message}`] : []))

const MOUNT = '{containers: [{name: buildkit, volumeMounts: [{name: certs, mountPath: /certs}]}]}'

test('a mount needs a volume', () => {
  assert.deepEqual(saidOf(MOUNT), [
    'spec.podSpecPatch.containers[0].volumeMounts[0].name must name a volume of the Pod, got "certs"; add it to `podSpecPatch.volumes`',
  ])
  assert.equal(saidOf('{}', `, podSpecPatch: ${MOUNT}`).length, 1)
})

test('the volume may be in the patch of the Buildkit, and the mount in that of its template', () => {
  assert.deepEqual(saidOf(MOUNT, ', podSpecPatch: {volumes: [{name: certs, emptyDir: {}}]}'), [])
})
