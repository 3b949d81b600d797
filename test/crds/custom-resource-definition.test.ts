import assert from 'node:assert/strict'
import { test } from 'node:test'
import { customResourceDefinition } from '../../crds/generate/custom-resource-definition.ts'
import { KINDS } from '../../crds/generate/kinds.ts'

const definitions = KINDS.map(customResourceDefinition)

test('kubectl takes no name of a kind for a category, so that `kubectl get buildkit NAME` gets one', () => {
  const names = definitions.map(({ spec }) => spec.names)
  const resources = names.flatMap(({ plural, singular, shortNames }) => [plural, singular, ...shortNames])
  const categories = names.flatMap((one) => one.categories)
  assert.deepEqual(
    categories.filter((category) => resources.includes(category)),
    [],
  )
})

test('both kinds share one category and no other name', () => {
  const names = definitions.map(({ spec }) => spec.names)
  assert.equal(new Set(names.flatMap(({ categories }) => categories)).size, 1)
  const others = names.flatMap(({ kind, listKind, plural, shortNames }) => [kind, listKind, plural, ...shortNames])
  assert.equal(new Set(others).size, others.length)
})

test('the API server limits the name of a template, and what it knows itself stands in no schema', () => {
  const schemas = definitions.map(({ spec }) => spec.versions[0]?.schema.openAPIV3Schema.properties)
  assert.deepEqual(
    schemas.map((properties) => [properties?.apiVersion?.enum, properties?.kind?.enum, properties?.metadata]),
    [
      [undefined, undefined, { type: 'object' }],
      [undefined, undefined, { type: 'object', properties: { name: { type: 'string', maxLength: 57 } } }],
    ],
  )
})
