import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readYaml } from '../../../fn/yaml/read-yaml.ts'
import { withFinalNewline } from '../../../fn/yaml/with-final-newline.ts'

/** Texts without a line break at their end, and the value that kustomize 5 prints for `key` in them. */
const values: Readonly<Record<string, string>> = {
  'key: |\n  a': 'a',
  'key: |\n  a\n ': 'a\n',
  'key: |\n  a\n    ': 'a\n  ',
  'key: |+\n  a': 'a',
  'key: |+\n  a\n ': 'a\n',
  'key: |+\n  a\n    ': 'a\n  ',
  'key: |-\n  a': 'a',
  'key: |-\n  a\n    ': 'a\n  ',
  'key: |2 # comment\n  a\n  b': 'a\nb',
  'key: >\n  a\n  b': 'a b',
  'key: >\n  a\n    ': 'a\n  ',
  'key: >\n  a\n\n ': 'a\n',
  'key: |\n  a\n# |': 'a\n',
  'key: |\n  a\n  # |': 'a\n# |',
  'other: |\n  a\nkey: b': 'b',
  'key: |': '',
  'key: b': 'b',
  'key: "a |\n  b"': 'a | b',
  '- - |\n    a\n- key: |\n    b': 'b',
}

test('a text without a line break at its end means what it means to kpt and kustomize', () => {
  const read = Object.fromEntries(Object.keys(values).map((text) => [text, keyIn(withFinalNewline(text))]))
  assert.deepEqual(read, values)
})

test('a text that ends in a line break stays as it is', () => {
  for (const text of ['', 'key: |\n  a\n', 'key: |+\n  a\n\n']) assert.equal(withFinalNewline(text), text)
})

function keyIn(text: string): unknown {
  const { value } = readYaml(text) as { value: { key: unknown } | { key: unknown }[] }
  return Array.isArray(value) ? value.at(-1)?.key : value.key
}
