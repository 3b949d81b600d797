import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { emit } from '../../../fn/yaml/emit.ts'
import { readBlock } from '../../../fn/yaml/read-block.ts'
import { readDocument, readYaml } from '../../../fn/yaml/read-yaml.ts'
import { jsonBlock } from './json-values.ts'

const pieces = [
  ...[
    'a',
    'b:',
    ': ',
    '- ',
    '-',
    '\n',
    '\n  ',
    '\n    ',
    '\n- ',
    ' ',
    '  ',
    '#',
    ' # c',
    '"',
    "'",
    '\\',
    '|',
    '|-',
    '|+',
    '>',
  ],
  ...[
    '{}',
    '[]',
    '{',
    ']',
    ',',
    '&a ',
    '*a',
    '!!str ',
    '? ',
    '~',
    '012',
    '1e3',
    'yes',
    '<<: ',
    '---\n',
    '...\n',
    '%',
    '\t',
    '\u00a0',
    '\r\n',
  ],
  ...[
    "'it''s'",
    '"\\u0041"',
    '"\\x41"',
    'key: value\n',
    '  key: value\n',
    '- key: value\n',
    '|\n  text\n',
    '|\n\n    deep\n   x\n',
    '.',
    '@',
    '`',
  ],
]
const soup = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((all) => all.join(''))
const mutated = fc
  .tuple(jsonBlock, fc.array(fc.tuple(fc.nat(), fc.nat({ max: 3 }), fc.constantFrom(...pieces, '')), { maxLength: 3 }))
  .map(([value, cuts]) =>
    cuts.reduce(
      (text, [where, length, piece]) => {
        const at = where % (text.length + 1)
        return text.slice(0, at) + piece + text.slice(at + length)
      },
      emit(value, 0),
    ),
  )

for (const [name, texts] of Object.entries({
  'what we write': jsonBlock.map((value) => emit(value, 0)),
  mutated,
  soup,
})) {
  test(`where both readers give a value, it is the same value: ${name}`, () => {
    fc.assert(
      fc.property(texts, (text) => {
        const read = readBlock(text)
        if (read) assert.deepEqual(readDocument(text), read)
      }),
      { numRuns: 5000 },
    )
  })
}

test('the quick reader reads most of what we write', () => {
  const texts = fc.sample(
    fc.dictionary(fc.stringMatching(/^[a-z]{2,6}$/), fc.stringMatching(/^[a-z]{6,9}$/), {
      minKeys: 1,
      noNullPrototype: true,
    }),
    100,
  )
  assert.ok(texts.every((value) => readBlock(emit(value, 0)) !== undefined))
})

const documents: Readonly<Record<string, readonly [text: string, value: unknown]>> = {
  'comments are no content': ['# head\na: 1 # line\n# between\nb: x#y\n# foot\n', { a: 1, b: 'x#y' }],
  'anchors, aliases and merge keys are followed': [
    'base: &base {a: 1, b: 2}\nown:\n  <<: *base\n  b: 3\nagain: *base\n',
    { base: { a: 1, b: 2 }, own: { a: 1, b: 3 }, again: { a: 1, b: 2 } },
  ],
  'the first of several merged mappings wins': ['x: {<<: [{a: 1}, {a: 2, b: 2}]}\n', { x: { a: 1, b: 2 } }],
  'block scalars keep and drop line breaks as their indicators say': [
    'a: |\n  x\n\nb: |-\n  x\nc: |+\n  x\n\nd: >\n  x\n  y\ne: >-\n  x\n  y\nf: |2\n    x\n',
    { a: 'x\n', b: 'x', c: 'x\n\n', d: 'x y\n', e: 'x y', f: '  x\n' },
  ],
  'a literal without content is empty': ['a: |\nb: x\n', { a: '', b: 'x' }],
  'numeric-looking keys are strings': ['10: a\n"20": b\n1.5: c\n', { 10: 'a', 20: 'b', 1.5: 'c' }],
  'flow style is read': ['{a: [1, "b", {c: d}], e: }', { a: [1, 'b', { c: 'd' }], e: null }],
  'JSON is read': [
    '{"a": ["\\u2028", "\\ud83d\\ude00", 1.5e3, true, null]}',
    { a: ['\u2028', '😀', 1500, true, null] },
  ],
  'CRLF is a line break': ['a: 1\r\nb:\r\n  - |\r\n    x\r\n', { a: 1, b: ['x\n'] }],
  'a byte order mark is no content': ['\ufeffa: 1\n', { a: 1 }],
  'tabs may separate': ['a:\t1\t# one\n', { a: 1 }],
  'a tag makes a string': ['a: !!str 012\nb: !!str\n', { a: '012', b: '' }],
  'empty values are null': ['a:\nb: ~\nc: null\nd: ""\n', { a: null, b: null, c: null, d: '' }],
  'a character that ends a line in YAML 1.1 is one like any other in JSON': [
    '{"a": "x\u2028 \u2029\u0085y"}',
    { a: 'x\u2028 \u2029\u0085y' },
  ],
  'it may be an escape in any YAML': ['a: "x\\u2028\\L\\N\\ry"\n', { a: 'x\u2028\u2028\u0085\ry' }],
  'two escapes may be one character': ['a: "\\ud83d\\ude00"\nb: "\\U0001f600"\n', { a: '😀', b: '😀' }],
  'long lines are read': [`a: ${'x'.repeat(100_000)}\n`, { a: 'x'.repeat(100_000) }],
  '__proto__ is a key like any other': ['{"__proto__": 1}', Object.fromEntries([['__proto__', 1]])],
}

for (const [name, [text, value]] of Object.entries(documents)) {
  test(name, () => {
    assert.deepEqual(readYaml(text), { value })
  })
}
