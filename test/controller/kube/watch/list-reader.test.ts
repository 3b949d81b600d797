import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createListReader, type ListMeta } from '../../../../controller/kube/watch/list-reader.ts'
import { GarbledError } from '../../../../controller/kube/watch/parse-json.ts'

interface Read {
  readonly items: readonly object[]
  readonly meta: ListMeta
}

function read(chunks: readonly Buffer[]): Read {
  const reader = createListReader('GET /a')
  const items = chunks.flatMap((chunk) => [...reader.read(chunk)])
  return { items, meta: reader.end() }
}

const readText = (text: string) => read([Buffer.from(text)])

/** The bytes of a text, cut at these places. */
function chunksOf(text: string, places: readonly number[]): readonly Buffer[] {
  const bytes = Buffer.from(text)
  const ends = [...places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  return ends.map((end, at) => bytes.subarray(ends[at - 1] ?? 0, end))
}

const metadata = { resourceVersion: '7', continue: 'page2' }
const items = [{ 'ä€😀"\\': ['\\"', '}],{', { items: [{}, []] }] }, {}, { metadata: { items: '[{' } }]

const lists: Readonly<Record<string, readonly [text: string, read: Read]>> = {
  'of an API server': [
    JSON.stringify({ kind: 'PodList', apiVersion: 'v1', metadata, items }),
    { items, meta: metadata },
  ],
  'of custom resources': [`${JSON.stringify({ apiVersion: 'v1', items, metadata })}\n`, { items, meta: metadata }],
  'with spaces between all': [JSON.stringify({ metadata, items }, null, 2), { items, meta: metadata }],
  'without items': ['{"items":[],"metadata":{"resourceVersion":"7"}}', { items: [], meta: { resourceVersion: '7' } }],
  'with null for no items': [
    '{"items":null,"metadata":{"resourceVersion":"7"}}',
    { items: [], meta: { resourceVersion: '7' } },
  ],
  'with items in other places': [
    JSON.stringify({ 'more"items': [{}], more: { items: [{}] }, kind: 'items', others: [{}], metadata, items }),
    { items, meta: metadata },
  ],
}

for (const [name, [text, expected]] of Object.entries(lists))
  test(`a list ${name} is the same however its bytes are cut`, () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), (places) => {
        assert.deepEqual(read(chunksOf(text, places)), expected)
      }),
    )
  })

test('a list of whatever objects is read as JSON.parse reads it', () => {
  const object = fc.dictionary(fc.string(), fc.jsonValue())
  const beside = fc.dictionary(fc.string(), fc.jsonValue())
  fc.assert(
    fc.property(fc.array(object), beside, fc.array(fc.nat()), (each, others, places) => {
      const text = JSON.stringify({ ...others, items: each, metadata })
      assert.deepEqual(
        read(chunksOf(text, places)),
        JSON.parse(`{"items":${JSON.stringify(each)},"meta":${JSON.stringify(metadata)}}`),
      )
    }),
  )
})

const META = '"metadata":{"resourceVersion":"7"}'
const garbled: Readonly<Record<string, string>> = {
  'is empty': '',
  'is null': 'null',
  'is no JSON': '<html>',
  'is another object': '{"kind":"Status"}',
  'has no items': `{${META}}`,
  'has no resourceVersion': '{"metadata":{},"items":[]}',
  'has an item that is no object': `{${META},"items":[{},0]}`,
  'has an item that is a list': `{${META},"items":[[{}]]}`,
  'has items that are an object': `{${META},"items":{"a":{}}}`,
  'has items twice': `{${META},"items":[{}],"items":[{}]}`,
  'has an item that is no JSON': `{${META},"items":[{"a":x}]}`,
  'has brackets that do not fit': `{${META},"items":[{"a":[}]]}`,
  'has no comma between two items': `{${META},"items":[{}{}]}`,
  'has something behind it': `{${META},"items":[{}]}{}`,
  'has another list behind it': `{${META},"items":[{}]}{${META},"items":[{}]}`,
}

for (const [name, text] of Object.entries(garbled))
  test(`what ${name} is no list`, () => {
    assert.throws(() => readText(text), GarbledError)
  })

test('a list that ends early is none, wherever it ends', () => {
  const text = Buffer.from(JSON.stringify({ metadata, items }))
  for (let end = 0; end < text.length; end++) assert.throws(() => read([text.subarray(0, end)]), GarbledError, `${end}`)
})

test('items are read before the list has ended, and only once', () => {
  const reader = createListReader('GET /a')
  const chunks = ['{"items":[{"a":1},{"b"', ':2}', '],"metadata":{"resourceVersion":"7"}}']
  assert.deepEqual(
    chunks.map((chunk) => [...reader.read(Buffer.from(chunk))]),
    [[{ a: 1 }], [{ b: 2 }], []],
  )
  assert.deepEqual(reader.end(), { resourceVersion: '7' })
})

test('an item without an end is an error before it fills the memory, and so is a list', () => {
  const megabyte = Buffer.alloc(2 ** 20, 'x')
  for (const [beginning, name] of Object.entries({
    '{"items":[{"a":"': 'an item',
    '{"kind":"': 'a list without its items',
  }))
    assert.throws(() => read([Buffer.from(beginning), ...Array(17).fill(megabyte)]), {
      name: 'GarbledError',
      message: `GET /a: ${name} must have at most 16777216 bytes, got more`,
    })
})
