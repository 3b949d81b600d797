import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { editorOf } from '../../../fn/yaml/edit.ts'
import { readYaml } from '../../../fn/yaml/read-yaml.ts'
import { fragileString } from './fragile-strings.ts'

const lists = fc.array(fragileString, { minLength: 1, maxLength: 3 })
const lines = fc.array(
  fc.constantFrom(
    '',
    '  podName: old',
    '# c',
    '  # c',
    '  a: 1',
    '  b: |',
    '    text',
    '  - x',
    "  c: 'x'",
    'd: 1',
    '---',
    '    e: 1',
    '\tf',
    '  g: {}',
  ),
  { maxLength: 6 },
)

test('what is edited reads back as it was meant: among lines of any kind', () => {
  fc.assert(
    fc.property(lines, lines, fragileString, (above, below, podName) => {
      const text = [...['kind: A', 'spec:', ...above, '  template: small', ...below], ''].join('\n')
      const before = readYaml(text)
      const made = editorOf(text)([{ kind: 'insert', path: ['spec', 'podName'], value: podName, after: 'template' }])
      if (made === undefined || 'error' in before) return
      const { spec, ...others } = before.value as { readonly spec: object }
      assert.deepEqual(readYaml(made), { value: { ...others, spec: { ...spec, podName } } })
    }),
    { numRuns: 3000 },
  )
})

test('what is edited reads back as it was meant: a list that comes, changes and goes', () => {
  fc.assert(
    fc.property(lines, lines, fc.tuple(lists, lists), (above, below, [first, second]) => {
      const text = [...['kind: A', 'spec:', ...above, '  template: small', ...below], ''].join('\n')
      const before = readYaml(text)
      const path = ['spec', 'podNames']
      const inserted = editorOf(text)([{ kind: 'insert', path, value: first, after: 'template' }])
      if (inserted === undefined || 'error' in before) return
      const { spec, ...others } = before.value as { readonly spec: object }
      const withList = (podNames: readonly string[]) => ({ value: { ...others, spec: { ...spec, podNames } } })
      assert.deepEqual(readYaml(inserted), withList(first))
      const set = editorOf(inserted)([{ kind: 'set', path, value: second }])
      assert.deepEqual(set && readYaml(set), withList(second))
      const removed = set && editorOf(set)([{ kind: 'remove', path }])
      assert.equal(removed, text)
    }),
    { numRuns: 3000 },
  )
})
