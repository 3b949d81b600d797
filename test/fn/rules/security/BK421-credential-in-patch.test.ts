import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resultsOf } from '../rules-broken.ts'

/** What the rule says of a variable. */
const saidOf = (variable: string) =>
  resultsOf(
    `kind: BuildkitTemplate\nspec: {podSpecPatch: {containers: [{name: buildkit, env: [${variable}]}]}}\n`,
  ).flatMap(({ tags, field, message }) => (tags?.rule === 'BK421' ? [`${field?.path} ${message}`] : []))

const SAID =
  'spec.podSpecPatch.containers[0].env[0].value must not be a credential, which is in Git and in the Pod in clear text; use `valueFrom.secretKeyRef`'

test('a variable must not have a credential, by its name or by its value', () => {
  assert.deepEqual(saidOf('{name: HTTPS_PROXY, value: "http://u:hunter2@proxy:3128"}'), [SAID])
  assert.deepEqual(saidOf('{name: REGISTRY_PASSWORD, value: hunter2}'), [SAID])
})

test('a variable from a Secret is none', () => {
  assert.deepEqual(saidOf('{name: REGISTRY_PASSWORD, valueFrom: {secretKeyRef: {name: a, key: b}}}'), [])
  assert.deepEqual(saidOf('{name: HTTPS_PROXY, value: "http://proxy:3128"}'), [])
})
