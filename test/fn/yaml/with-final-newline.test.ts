import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withFinalNewline } from '../../../fn/yaml/documents-in.ts'
import { readYaml } from '../../../fn/yaml/read-yaml.ts'
import { UNENDED } from './unended.ts'

test('a text without a line break at its end means what it means to kpt and kustomize', () => {
  const read = Object.fromEntries(Object.keys(UNENDED).map((text) => [text, keyIn(withFinalNewline(text))]))
  assert.deepEqual(read, UNENDED)
})

test('a text that ends in a line break stays as it is', () => {
  for (const text of ['', 'key: |\n  a\n', 'key: |+\n  a\n\n']) assert.equal(withFinalNewline(text), text)
})

function keyIn(text: string): unknown {
  const { value } = readYaml(text) as { value: { key: unknown } | { key: unknown }[] }
  return Array.isArray(value) ? value.at(-1)?.key : value.key
}
