import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Change } from '../../../fn/yaml/change.ts'
import { editorOf } from '../../../fn/yaml/edit.ts'
import { emit } from '../../../fn/yaml/emit.ts'
import { readYaml } from '../../../fn/yaml/read-yaml.ts'
import { fragileString } from './fragile-strings.ts'
import { jsonValue } from './json-values.ts'

const path = ['spec', 'podName']
const edited = (text: string, changes: readonly Change[]) => editorOf(text)(changes)
const set: Change = { kind: 'set', path, value: 'new' }
const insert: Change = { kind: 'insert', path, value: 'new', after: 'template' }
const remove: Change = { kind: 'remove', path }
const rename: Change = { kind: 'rename', path, to: 'name' }
const quote: Change = { kind: 'quote', path }

const edits: Readonly<Record<string, readonly [before: string, change: Change, after: string]>> = {
  'a value is set in its place': [
    'spec: # s\n  podName:   old   # p\n  a: 0x1\n',
    set,
    'spec: # s\n  podName:   new   # p\n  a: 0x1\n',
  ],
  'a value keeps its quotes': ["spec:\n  'podName': 'old'\n", set, "spec:\n  'podName': 'new'\n"],
  'a field without a value gets one': ['spec:\n  podName: # none\n', set, 'spec:\n  podName: new # none\n'],
  'a field that is null gets a value': ['spec:\n  podName: ~\n', set, 'spec:\n  podName: new\n'],
  'a folded value is set': ['spec:\n  podName: >-\n    old\n  a: 1\n', set, 'spec:\n  podName: >-\n    new\n  a: 1\n'],
  'a number is set': ['spec:\n  podName: 8 # n\n', { kind: 'set', path, value: 4 }, 'spec:\n  podName: 4 # n\n'],
  'a string that looks like a number is quoted': [
    'spec:\n  podName: a\n',
    { kind: 'set', path, value: '1.10' },
    'spec:\n  podName: "1.10"\n',
  ],
  'a value is set in flow style': ['{spec: {a: 1, podName: old}} # c\n', set, '{spec: {a: 1, podName: new}} # c\n'],
  'a value that would end in flow style is quoted': [
    '{spec: {podName: old}}\n',
    { kind: 'set', path, value: 'a]' },
    '{spec: {podName: "a]"}}\n',
  ],
  'a value is set in JSON': ['{"spec":{"a":1,"podName":"old"}}', set, '{"spec":{"a":1,"podName":"new"}}'],
  'CRLF stays': ['spec:\r\n  podName: old\r\n  a: 1\r\n', set, 'spec:\r\n  podName: new\r\n  a: 1\r\n'],
  'only the field of that path is set': [
    'status:\n  podName: x\nspec:\n  labels:\n    podName: y\n  podName: old\nother:\n  podName: z\n',
    set,
    'status:\n  podName: x\nspec:\n  labels:\n    podName: y\n  podName: new\nother:\n  podName: z\n',
  ],
  'what looks like the field in a literal stays': [
    'spec:\n  a: |\n    podName: old\n  "podName": "old"\n',
    set,
    'spec:\n  a: |\n    podName: old\n  "podName": "new"\n',
  ],
  'a scalar on many lines is set where it differs': [
    'spec:\n  podName: |\n    a\n\n    b   \n  z: 1\n',
    { kind: 'set', path, value: 'a\n\nb   \nc\n' },
    'spec:\n  podName: |\n    a\n\n    b   \n    c\n  z: 1\n',
  ],
  'a new field goes behind the one that is named': [
    '- kind: A\n  spec: # s\n    # c\n    labels:\n      template: x\n    template: small # t\n\n    z: 1\n',
    { ...insert, path: [0, ...path] },
    '- kind: A\n  spec: # s\n    # c\n    labels:\n      template: x\n    template: small # t\n    podName: new\n\n    z: 1\n',
  ],
  'a new field goes behind one on several lines': [
    'spec:\n  template: |-\n    small\n  z: 1\n',
    insert,
    'spec:\n  template: |-\n    small\n  podName: new\n  z: 1\n',
  ],
  'a new field goes behind one whose line does not end': [
    'spec:\n  template: small',
    insert,
    'spec:\n  template: small\n  podName: new',
  ],
  'a new field goes before the first where none is named': [
    'spec:\n    # c\n    a: 1\n',
    insert,
    'spec:\n    # c\n    podName: new\n    a: 1\n',
  ],
  'a new field is set in flow style': ['{spec: {a: 1}}', insert, '{spec: {"podName": "new", a: 1}}'],
  'an empty mapping gets its first field': ['spec: {}\n', insert, 'spec: {"podName": "new"}\n'],
  'a new field is set in JSON': ['{"spec":{"a":1}}', insert, '{"spec":{"podName": "new", "a":1}}'],
  'a field between others is removed': ['spec:\n  a: 1\n  podName: p\n  b: 2\n', remove, 'spec:\n  a: 1\n  b: 2\n'],
  'the first field is removed': ['spec:\n  podName: p\n  a: 1 # c\n', remove, 'spec:\n  a: 1 # c\n'],
  'the first field behind a dash is removed': [
    '- podName: p\n  a: 1\n',
    { kind: 'remove', path: [0, 'podName'] },
    '- a: 1\n',
  ],
  'the last field is removed with its line': ['spec:\n  a: 1\n  podName: p # c\n', remove, 'spec:\n  a: 1\n'],
  'a field on several lines is removed': [
    'spec:\n  a: 1\n  podName: |\n    p\n    q\nb: 1\n',
    remove,
    'spec:\n  a: 1\nb: 1\n',
  ],
  'a field is removed from flow style': ['{spec: {a: 1, podName: p, b: 2}}', remove, '{spec: {a: 1, b: 2}}'],
  'the last field is removed from flow style': ['{spec: {a: 1, podName: p}} # c', remove, '{spec: {a: 1}} # c'],
  'the only field is removed from flow style': ['{spec: {podName: p}}', remove, '{spec: {}}'],
  'a key gets another name': ['spec: {"podName" : p}\n', rename, 'spec: {"name" : p}\n'],
  'a plain scalar becomes the string that it is written as': [
    'spec:\n  podName: 1.10 # v\n',
    quote,
    'spec:\n  podName: "1.10" # v\n',
  ],
}

for (const [name, [before, change, after]] of Object.entries(edits)) {
  test(name, () => {
    assert.equal(edited(before, [change]), after)
  })
}

/** What would change more than is meant, or cannot be edited. */
const refusals: Readonly<Record<string, readonly [before: string, change: Change]>> = {
  'a value that an alias repeats': ['spec:\n  podName: &a old\n  b: *a\n', set],
  'an alias': ['a: &a old\nspec:\n  podName: *a\n', set],
  'a field of a mapping that an alias repeats': ['a: &a\n  podName: old\nspec: *a\n', set],
  'a field that is merged': ['a: &a\n  podName: old\nspec:\n  <<: *a\n', set],
  'a mapping': ['spec:\n  podName:\n    a: 1\n', set],
  'a key with a line of its own': ['spec:\n  ? podName\n  : p\n  a: 1\n', remove],
  'a field whose anchor an alias needs': ['spec:\n  podName: &a p\n  a: *a\n', remove],
  'a name that another key has': ['spec: {podName: p, name: q}\n', rename],
  'a string in quotes': ['spec: {podName: "1.10"}\n', quote],
  'the only field of a mapping in block style': ['spec:\n  podName: p\na: 1\n', remove],
  'what is not there': ['spec:\n  a: 1 # podName: p\n', remove],
  'what is not YAML': ['spec:\n  podName: p\n  a: [\n', remove],
  'what is not YAML, found by its lines': ['spec:\n  podName: p\n  a: [\n', set],
  'the last line, which ends the text without a line break': ['spec:\n  a: 1\n  podName: p', remove],
}

for (const [name, [before, change]] of Object.entries(refusals)) {
  test(`${name} is left as it is`, () => {
    assert.equal(edited(before, [change]), undefined)
  })
}

test('several changes are made together, or none of them', () => {
  const text = 'a: 1\nb: {c: x, d: y}\n'
  const changes: readonly Change[] = [
    { kind: 'quote', path: ['a'] },
    { kind: 'rename', path: ['b', 'c'], to: 'e' },
    { kind: 'set', path: ['b', 'd'], value: 'z' },
  ]
  assert.equal(edited(text, changes), 'a: "1"\nb: {e: x, d: z}\n')
  assert.equal(edited(text, [...changes, { kind: 'remove', path: ['gone'] }]), undefined)
})

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
  test(`what is edited reads back as it was meant: ${name}`, () => {
    fc.assert(
      fc.property(specs, fragileString, (spec, podName) => {
        const text = write({ spec, after: 1 })
        const withName = edited(text, [{ ...insert, value: podName }]) ?? ''
        assert.deepEqual(readYaml(withName), { value: { spec: { ...spec, podName }, after: 1 } })
        assert.equal(edited(withName, [remove]), text)
      }),
      { numRuns: 500 },
    )
  })
}
