import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { removeField, setField } from '../../../fn/yaml/edit-field.ts'
import { emit } from '../../../fn/yaml/emit.ts'
import { readYaml } from '../../../fn/yaml/read-yaml.ts'
import { jsonText, jsonValue } from './json-values.ts'

const path = ['spec', 'podName']

const sets: Readonly<Record<string, readonly [before: string, after: string]>> = {
  'a field that is there gets the value in its place': [
    'spec: # s\n  podName:   old   # p\n  a: 0x1\n',
    'spec: # s\n  podName:   new   # p\n  a: 0x1\n',
  ],
  'a quoted value goes with its quotes': ["spec:\n  'podName': 'old'\n", "spec:\n  'podName': new\n"],
  'a field without a value gets one': ['spec:\n  podName: # none\n', 'spec:\n  podName: new # none\n'],
  'a field that is null gets a value': ['spec:\n  podName: ~\n', 'spec:\n  podName: new\n'],
  'a new field goes before the first': ['spec:\n    # c\n    a: 1\n', 'spec:\n    # c\n    podName: new\n    a: 1\n'],
  'an item of a sequence is edited like a document': [
    '- kind: A\n  spec:\n    a: 1\n',
    '- kind: A\n  spec:\n    podName: new\n    a: 1\n',
  ],
  'a field is set in flow style': ['{spec: {a: 1, podName: old}} # c\n', '{spec: {a: 1, podName: "new"}} # c\n'],
  'a new field is set in flow style': ['{spec: {a: 1}}', '{spec: {"podName": "new", a: 1}}'],
  'an empty flow mapping gets its first field': ['spec: {}\n', 'spec: {"podName": "new"}\n'],
  'a field is set in JSON': ['{"spec":{"a":1,"podName":"old"}}', '{"spec":{"a":1,"podName":"new"}}'],
  'a new field is set in JSON': ['{"spec":{"a":1}}', '{"spec":{"podName": "new", "a":1}}'],
  'CRLF stays': ['spec:\r\n  podName: old\r\n  a: 1\r\n', 'spec:\r\n  podName: new\r\n  a: 1\r\n'],
}

for (const [name, [before, after]] of Object.entries(sets)) {
  test(name, () => {
    assert.equal(setField(before, path, 'new'), after)
  })
}

const removals: Readonly<Record<string, readonly [before: string, after: string]>> = {
  'a field between others is removed': ['spec:\n  a: 1\n  podName: p\n  b: 2\n', 'spec:\n  a: 1\n  b: 2\n'],
  'the first field is removed': ['spec:\n  podName: p\n  a: 1 # c\n', 'spec:\n  a: 1 # c\n'],
  'the last field is removed with its line': ['spec:\n  a: 1\n  podName: p # c\n', 'spec:\n  a: 1\n'],
  'the last field of a text without a last newline is removed': ['spec:\n  a: 1\n  podName: p', 'spec:\n  a: 1\n'],
  'a field on several lines is removed': ['spec:\n  a: 1\n  podName: |\n    p\n    q\nb: 1\n', 'spec:\n  a: 1\nb: 1\n'],
  'a field is removed from flow style': ['{spec: {a: 1, podName: p, b: 2}}', '{spec: {a: 1, b: 2}}'],
  'the last field is removed from flow style': ['{spec: {a: 1, podName: p}} # c', '{spec: {a: 1}} # c'],
  'the only field is removed from flow style': ['{spec: {podName: p}}', '{spec: {}}'],
  'a field is removed from an item of a sequence': ['- spec:\n    a: 1\n    podName: p\n', '- spec:\n    a: 1\n'],
  'a text without the field stays': ['spec:\n  a: 1 # podName: p\n', 'spec:\n  a: 1 # podName: p\n'],
}

for (const [name, [before, after]] of Object.entries(removals)) {
  test(name, () => {
    assert.equal(removeField(before, path), after)
  })
}

const specs = fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), jsonValue, {
  minKeys: 1,
  maxKeys: 4,
  noNullPrototype: true,
})
const layouts: Readonly<Record<string, (value: object) => string>> = {
  block: (value) => emit(value, 0),
  JSON: (value) => JSON.stringify(value),
  'indented JSON': (value) => JSON.stringify(value, undefined, 2),
}

for (const [name, write] of Object.entries(layouts)) {
  test(`a field that was set is all that differs: ${name}`, () => {
    fc.assert(
      fc.property(specs, jsonText, (spec, podName) => {
        const edited = setField(write({ spec, after: 1 }), path, podName)
        assert.deepEqual(readYaml(edited), { value: { spec: { ...spec, podName }, after: 1 } })
      }),
      { numRuns: 500 },
    )
  })

  test(`a field that is set and removed again leaves every byte: ${name}`, () => {
    fc.assert(
      fc.property(specs, jsonText, (spec, podName) => {
        const text = write({ spec, after: 1 })
        assert.equal(removeField(setField(text, path, podName), path), text)
      }),
      { numRuns: 500 },
    )
  })
}
