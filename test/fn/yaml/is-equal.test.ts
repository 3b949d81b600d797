import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { readToml } from '../../../fn/toml/read-toml.ts'
import { isEqual } from '../../../fn/yaml/is-equal.ts'
import { jsonValue } from './json-values.ts'

test('values of JSON are equal exactly if Node finds them so', () => {
  fc.assert(
    fc.property(jsonValue, jsonValue, (a, b) => {
      assert.equal(isEqual(a, structuredClone(a)), true)
      assert.equal(isEqual(a, b), isDeepStrictEqual(a, b))
    }),
    { numRuns: 2000 },
  )
})

const different: Readonly<Record<string, readonly [a: unknown, b: unknown]>> = {
  'a list and a mapping': [[1], { 0: 1 }],
  'an empty list and an empty mapping': [[], {}],
  'null and a mapping': [null, {}],
  'a number and its text': [1, '1'],
  'a key that is inherited': [{ toString: undefined }, { a: undefined }],
}

for (const [name, [a, b]] of Object.entries(different)) {
  test(`values are not equal: ${name}`, () => {
    assert.deepEqual([isEqual(a, b), isEqual(b, a)], [false, false])
  })
}

test('dates of TOML are equal if they are the same time', () => {
  const valueIn = (text: string) => (readToml(text) as { readonly value: unknown }).value
  const [date, same, other] = ['a = 2026-01-02', 'a = 2026-01-02', 'a = 2026-01-03'].map(valueIn)
  assert.deepEqual([isEqual(date, same), isEqual(date, other)], [true, false])
})
