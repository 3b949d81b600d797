import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { stringify } from 'yaml'
import { parseResourceList, type ResourceList } from '../../../fn/input/resource-list.ts'
import { emit } from '../../../fn/yaml/emit.ts'
import { readDocument, readYaml } from '../../../fn/yaml/read-yaml.ts'
import { LIST_LAYOUTS, MISWRITTEN } from '../list-layouts.ts'
import { jsonValue } from '../yaml/json-values.ts'

const items = fc.array(
  fc.dictionary(fc.constantFrom('apiVersion', 'kind', 'metadata', 'data', 'items'), jsonValue, {
    noNullPrototype: true,
  }),
  { maxLength: 4 },
)

for (const [name, write] of Object.entries(LIST_LAYOUTS)) {
  test(`a list is cut exactly at its items: ${name}`, () => {
    fc.assert(
      fc.property(items, jsonValue, (objects, data) => {
        const functionConfig = { kind: 'ConfigMap', data }
        const list = { apiVersion: 'config.kubernetes.io/v1', kind: 'ResourceList', items: objects, functionConfig }
        const text = write(list)
        fc.pre(text.startsWith('{"') || !MISWRITTEN.test(text))
        const cut = parseResourceList(text) as ResourceList
        const value = { ...list, items: cut.items.map(readItem), functionConfig: cut.functionConfig }
        assert.deepEqual({ value }, readDocument(text))
        assert.deepEqual({ value }, readDocument([cut.head, ...cut.items, cut.tail].join('')))
      }),
      { numRuns: 300 },
    )
  })
}

test('head, items and tail are the whole text', () => {
  const list = {
    kind: 'ResourceList',
    apiVersion: 'config.kubernetes.io/v1',
    items: [{ a: 1 }, { b: '- c\n\nd' }],
    results: [],
  }
  for (const text of [emit(list, 0), `${stringify(list)}# foot\n`, stringify(list).replace(/\n/g, '\r\n')]) {
    const { head, items: texts, tail } = parseResourceList(text) as ResourceList
    assert.equal([head, ...texts, tail].join(''), text)
  }
})

test('comments without end before what is no list take no time', () => {
  const list = `apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:\n${'# # #\n\n'.repeat(2000)}  a: 1\n`
  assert.deepEqual(parseResourceList(list), { error: 'must be a ResourceList whose `items` is a sequence of objects' })
})

test('what is written of a list in JSON is YAML to every reader', () => {
  const list = {
    apiVersion: 'config.kubernetes.io/v1',
    kind: 'ResourceList',
    items: [{ a: '/\u007f\u0085\u2028\ufeff😀' }],
  }
  for (const name of ['as JSON', 'as JSON with every escape']) {
    const { items: texts } = parseResourceList(LIST_LAYOUTS[name]?.(list) ?? '') as ResourceList
    assert.deepEqual(texts, ['- {"a":"/\\u007f\\u0085\\u2028\\ufeff😀"}\n'])
  }
})

/** The value of an item's text. */
function readItem(text: string): unknown {
  const read = readYaml(text)
  assert.ok('value' in read, JSON.stringify([text, read]))
  return (read.value as readonly unknown[])[0]
}
