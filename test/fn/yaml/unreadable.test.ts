import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withPosition } from '../../../fn/yaml/lines.ts'
import { readYaml } from '../../../fn/yaml/read-yaml.ts'
import { unicodeEscape } from '../../../fn/yaml/scalars.ts'

const errors: Readonly<Record<string, readonly [text: string, error: string]>> = {
  'an alias without an anchor is an error': [
    'a: *b\n',
    'must have an anchor before it in the same object, got the alias "*b" at line 1, column 4',
  ],
  'nesting without end is an error, not a stack overflow': [
    '['.repeat(100_000),
    'must not be nested this deeply; a Kubernetes object has a few dozen levels at most',
  ],
  'a document that aliases blow up is an error': [
    `a0: &a0 [x]\n${Array.from({ length: 20 }, (_, at) => `a${at + 1}: &a${at + 1} [*a${at}, *a${at}]\n`).join('')}`,
    'must repeat at most 1000000 characters by an alias; write the value out at line 15, column 18',
  ],
  'half of a surrogate pair is an error': [
    'a: b\nc: ["x\\ud83d"]\n',
    'must be text, got half of a surrogate pair at line 2, column 5',
  ],
  'half of a surrogate pair in a key is an error': [
    '"\\udc00": a\n',
    'must be text, got half of a surrogate pair at line 1, column 1',
  ],
  'a number that JSON does not have is an error': [
    'a:\n  b: -.inf\n',
    'must be a number that JSON has, got "-.inf" at line 2, column 6',
  ],
  'a key that is null is an error': [
    '~: a\n',
    'must have strings as keys, got null or a whole number of more than 64 bits at line 1, column 1',
  ],
  'two keys that are one to a YAML 1.1 reader are an error': [
    'on: a\nyes: b\n',
    'must have each key once, got "true" twice at line 2, column 1',
  ],
  'a merge of what is no mapping is an error': [
    '<<: a\n',
    'must have a mapping, or a list of mappings, as the value of the merge key "<<"',
  ],
  'a key that stands twice is an error with its line': [
    'a: 1\na: 2\n',
    'is not valid YAML: Map keys must be unique at line 2, column 1',
  ],
}

for (const [name, [text, error]] of Object.entries(errors)) {
  test(name, () => {
    const read = readYaml(text)
    assert.equal('error' in read && withPosition(read.error, text), error)
  })
}

test('deep block mappings are an error, not a stack overflow', () => {
  const text = Array.from({ length: 5000 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('')
  assert.deepEqual(readYaml(text), {
    error: { message: 'must not be nested this deeply; a Kubernetes object has a few dozen levels at most' },
  })
})

for (const char of ['\u0085', '\u2028', '\u2029', '\r']) {
  test(`a character that ends a line to some readers is an error: ${unicodeEscape(char)}`, () => {
    assert.deepEqual(readYaml(`a: b\nc: d # e${char}f: g\n`), {
      error: {
        message: `must escape the character "${unicodeEscape(char)}" in double quotes, because some YAML readers treat it as a line break`,
        offset: 13,
      },
    })
  })
}
