import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { StreamError } from '../../../controller/watch/verdict.ts'
import { watchEvents } from '../../../controller/watch/watch-events.ts'

async function read(chunks: readonly Buffer[]): Promise<readonly unknown[]> {
  const events: unknown[] = []
  async function* stream() {
    yield* chunks
  }
  for await (const event of watchEvents(stream())) events.push(event)
  return events
}

test('events are the same however their bytes are cut', async () => {
  const events = [
    { type: 'ADDED', object: { metadata: { name: 'ä€😀' } } },
    { type: 'BOOKMARK', object: {} },
  ]
  const bytes = Buffer.from(events.map((event) => `${JSON.stringify(event)}\n`).join(''))
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(bytes.length)), async (places) => {
      const ends = [...places.sort((a, b) => a - b), bytes.length]
      const chunks = ends.map((end, at) => bytes.subarray(ends[at - 1] ?? 0, end))
      assert.deepEqual(await read(chunks), events)
    }),
  )
})

test('a line that is cut off by the end of the connection is no event, and no error', async () => {
  assert.deepEqual(await read([Buffer.from('{"type":"ADDED","object":{}}\n{"type":"MODI')]), [
    { type: 'ADDED', object: {} },
  ])
})

for (const line of ['no JSON', '{"type":"SOMETHING","object":{}}', 'null', '{"type":"ADDED"}'])
  test(`a line that is no event ends the stream: ${line}`, async () => {
    await assert.rejects(read([Buffer.from(`${line}\n`)]), StreamError)
  })

test('a line without an end ends the stream before it fills the memory', async () => {
  const megabyte = Buffer.alloc(2 ** 20, 'x')
  await assert.rejects(read(Array(9).fill(megabyte)), /a line of more than 8388608 bytes/)
})
