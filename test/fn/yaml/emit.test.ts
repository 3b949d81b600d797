import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { emit, emitString } from '../../../fn/yaml/emit.ts'
import { readYaml } from '../../../fn/yaml/read-yaml.ts'
import { fragileString } from './fragile-strings.ts'
import { jsonBlock } from './json-values.ts'

const runs = { numRuns: 2000 }

test('what is written reads back as it was', () => {
  fc.assert(
    fc.property(jsonBlock, fc.nat({ max: 6 }), (value, column) => {
      assert.deepEqual(readYaml(emit(value, column)), { value })
    }),
    runs,
  )
})

test('a string on one line is one line', () => {
  fc.assert(fc.property(fragileString, (text) => !/[\n\r\u0085\u2028\u2029]/.test(emitString(text))))
})

const strings: readonly (readonly [text: string, written: string])[] = [
  ['builder', 'builder'],
  ['tcp://0.0.0.0:1234', 'tcp://0.0.0.0:1234'],
  ['--debug', '--debug'],
  ['moby/buildkit:v0.34.2', 'moby/buildkit:v0.34.2'],
  ['http://$(HOST_IP):4317', 'http://$(HOST_IP):4317'],
  ['.', '"."'],
  ['yes', '"yes"'],
  ['y', '"y"'],
  ['012', '"012"'],
  ['1e3', '"1e3"'],
  ['12:30', '"12:30"'],
  ['2026-10-05', '"2026-10-05"'],
  ['0b1', '"0b1"'],
  ['1_000', '"1_000"'],
  ['~', '"~"'],
  ['', '""'],
  [' x', '" x"'],
  ['x ', '"x "'],
  ['- a', '"- a"'],
  ['# a', '"# a"'],
  ['a: b', '"a: b"'],
  ['a #b', '"a #b"'],
  ['a\tb', '"a\\tb"'],
  ['a\u2028b', '"a\\u2028b"'],
  ['😀', '"😀"'],
]

for (const [text, written] of strings) {
  test(`${JSON.stringify(text)} is written as ${written}`, () => {
    assert.equal(emitString(text), written)
  })
}

for (const part of ['x', 'x ', 'x\n', '\n', "'", '"', '1', '\u0085', '😀']) {
  test(`10 MB of ${JSON.stringify(part)} read back as they were`, () => {
    const text = `x${part.repeat(1e7 / part.length)}x`
    assert.ok(isDeepStrictEqual(readYaml(emit({ text }, 0)), { value: { text } }))
  })
}

test('an object is written in block style, its keys in their order', () => {
  const value = {
    kind: 'Pod',
    list: [{ name: 'a', nested: [1, 2] }, [], {}, [['b']], null],
    empty: {},
    left: undefined,
    text: 'line 1\n\n  line 3\n',
    chomped: 'a\nb',
    kept: 'a\nb\n\n',
  }
  assert.equal(
    emit(value, 2),
    `  kind: Pod
  list:
  - name: a
    nested:
    - 1
    - 2
  - []
  - {}
  - - - b
  - null
  empty: {}
  text: |
    line 1

      line 3
  chomped: |-
    a
    b
  kept: "a\\nb\\n\\n"
`,
  )
})
