import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createEventReader } from '../../../../controller/kube/watch/event-reader.ts'
import { GarbledError } from '../../../../controller/kube/watch/parse-json.ts'

interface Read {
  readonly events: readonly unknown[]
  readonly isWithinLine: boolean
}

function read(chunks: readonly Buffer[]): Read {
  const reader = createEventReader()
  const events = chunks.flatMap((chunk) => [...reader.read(chunk)])
  return { events, isWithinLine: reader.isWithinLine() }
}

test('events are the same however their bytes are cut', () => {
  const events = [
    { type: 'ADDED', object: { metadata: { name: 'ä€😀' } } },
    { type: 'BOOKMARK', object: {} },
  ]
  const bytes = Buffer.from(events.map((event) => `${JSON.stringify(event)}\n`).join(''))
  fc.assert(
    fc.property(fc.array(fc.nat(bytes.length)), (places) => {
      const ends = [...places.sort((a, b) => a - b), bytes.length]
      const chunks = ends.map((end, at) => bytes.subarray(ends[at - 1] ?? 0, end))
      assert.deepEqual(read(chunks), { events, isWithinLine: false })
    }),
  )
})

test('a line that is cut off by the end of the connection is no event', () => {
  assert.deepEqual(read([Buffer.from('{"type":"ADDED","object":{}}\n{"type":"MODI')]), {
    events: [{ type: 'ADDED', object: {} }],
    isWithinLine: true,
  })
})

for (const line of ['no JSON', '{"type":"SOMETHING","object":{}}', 'null', '{"type":"ADDED"}'])
  test(`a line that is no event is an error: ${line}`, () => {
    assert.throws(() => read([Buffer.from(`${line}\n`)]), GarbledError)
  })

test('a line without an end is an error before it fills the memory', () => {
  const megabyte = Buffer.alloc(2 ** 20, 'x')
  assert.throws(() => read(Array(17).fill(megabyte)), /a line of a watch must have at most 16777216 bytes, got more/)
})
