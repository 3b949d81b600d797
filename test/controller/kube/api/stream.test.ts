import assert from 'node:assert/strict'
import { getEventListeners } from 'node:events'
import type { ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { needsOpenssl } from '../../../harness/servers/certificates.ts'
import { type Answerer, json, silence } from './local-server.ts'
import { setStage } from './stage.ts'
import { until } from './until.ts'

const skip = needsOpenssl()
const GET = { method: 'GET', path: '/a' } as const
const MEGABYTE = Buffer.alloc(2 ** 20, 'x')

/** Sends pieces of a body, each after a pause. */
function slowly(pieces: readonly string[], milliseconds: number): Answerer {
  return async (response) => {
    response.writeHead(200)
    for (const piece of pieces) {
      await setTimeout(milliseconds)
      response.write(piece)
    }
    response.end()
  }
}

/** Sends megabytes for as long as somebody takes them. */
function endlessly(code: number): Answerer {
  const send = (response: ServerResponse) => {
    while (response.write(MEGABYTE));
    response.once('drain', () => send(response))
  }
  return (response) => send(response.writeHead(code))
}

test('a body arrives as it is sent, and its connection is reused', { skip }, async (t) => {
  const { client, server } = await setStage(t, { answer: slowly(['{"a":', '"ä"}'], 20) })
  const { signal } = new AbortController()
  const chunks: string[] = []
  for await (const chunk of client.stream({ ...GET, signal })) chunks.push(String(chunk))
  assert.deepEqual(chunks, ['{"a":', '"ä"}'])
  server.answer = json({})
  await client.request(GET)
  assert.equal(server.opened(), 1)
  assert.equal(getEventListeners(signal, 'abort').length, 0)
})

test('a body may take longer than its deadline while data arrives', { skip }, async (t) => {
  const { client } = await setStage(t, { answer: slowly(['1', '2', '3', '4', '5', '6'], 200) })
  assert.equal(await text(client.stream({ ...GET, deadlineMilliseconds: 1000 })), '123456')
})

const failing: Readonly<Record<string, readonly [answer: Answerer, error: object]>> = {
  'that does not begin': [silence, { failure: 'deadline', message: 'GET /a: no answer within 500 ms' }],
  'that stops': [
    (response) => response.writeHead(200).write('1'),
    { failure: 'deadline', message: 'GET /a: no more data within 500 ms' },
  ],
  'that never ends, a byte at a time': [
    slowly(Array(400).fill('1'), 20),
    { failure: 'deadline', message: 'GET /a: not complete within 5000 ms' },
  ],
  'that is cut off': [
    (response) => {
      response.writeHead(200, { 'content-length': 9 }).write('1')
      response.destroy()
    },
    { failure: 'network' },
  ],
}

for (const [name, [answer, error]] of Object.entries(failing))
  test(`a body ${name} is an error`, { skip }, async (t) => {
    const { client, server } = await setStage(t, { answer })
    await assert.rejects(text(client.stream({ ...GET, deadlineMilliseconds: 500 })), {
      name: 'ConnectionError',
      ...error,
    })
    await until(() => server.sockets.size === 0)
  })

test('a refusal is an error before any of the body', { skip }, async (t) => {
  const { client } = await setStage(t, { answer: json({ kind: 'Status', apiVersion: 'v1', reason: 'Expired' }, 410) })
  await assert.rejects(text(client.stream(GET)), { name: 'ApiError', code: 410, reason: 'Expired' })
})

test('a body that is read only in part is not sent to its end', { skip }, async (t) => {
  const { client, server } = await setStage(t, { answer: endlessly(200) })
  for await (const chunk of client.stream(GET)) {
    assert.ok(chunk.length > 0)
    break
  }
  await until(() => server.sockets.size === 0)
})

test('an endless answer is an error before it fills the memory', { skip }, async (t) => {
  const { client, server } = await setStage(t, { answer: endlessly(200) })
  const message = 'GET /a: the answer must have at most 16777216 bytes, got more'
  await assert.rejects(client.request(GET), { name: 'ConnectionError', failure: 'network', message })
  await until(() => server.sockets.size === 0)
})

test('an endless refusal is an error with the beginning of its message', { skip }, async (t) => {
  const { client, server } = await setStage(t, { answer: endlessly(503) })
  const message = `${'GET /a: 503: '.padEnd(1023, 'x')}…`
  await assert.rejects(client.request(GET), { name: 'ApiError', code: 503, message })
  await until(() => server.sockets.size === 0)
})

test('the message of a webhook becomes one short line', { skip }, async (t) => {
  const status = {
    kind: 'Status',
    apiVersion: 'v1',
    reason: 'Forbidden',
    message: `no:\n\u001B[31m${'😀'.repeat(9000)}`,
  }
  const { client } = await setStage(t, { answer: json(status, 403) })
  const words = 'GET /a: 403 Forbidden: no: [31m'
  const message = `${words}${'😀'.repeat((1023 - words.length - 1) / 2)}…`
  await assert.rejects(client.request(GET), { name: 'ApiError', message })
})
