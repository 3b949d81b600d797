import assert from 'node:assert/strict'
import { getEventListeners } from 'node:events'
import { createServer } from 'node:net'
import { test } from 'node:test'
import { needsOpenssl } from '../../../harness/servers/certificates.ts'
import { failureOf } from './failure-of.ts'
import { json, silence } from './local-server.ts'
import { setStage } from './stage.ts'
import { until } from './until.ts'

const skip = needsOpenssl()
const GET = { method: 'GET', path: '/a' } as const
const DEADLINE = { name: 'ConnectionError', failure: 'deadline', message: 'GET /a: no answer within 100 ms' }

test('a call without an answer ends at its deadline, with all calls in its pool', { skip }, async (t) => {
  const { client, server } = await setStage(t)
  await Promise.all([client.request(GET), client.request(GET)])
  server.answer = silence
  const long = assert.rejects(client.request({ method: 'POST', path: '/b' }), { failure: 'stale' })
  await until(() => server.requests.length === 3)
  await assert.rejects(client.request({ ...GET, deadlineMilliseconds: 100 }), DEADLINE)
  await long
  await until(() => server.sockets.size === 0)
  server.answer = json({})
  await client.request(GET)
  assert.equal(server.opened(), 3)
})

test('a slow call ends alone if others get answers, and later calls use new connections', {
  skip,
}, async (t) => {
  const { client, server } = await setStage(t)
  let isOver = false
  server.answer = (response, { path }) => {
    if (path === '/b') void until(() => isOver).then(() => response.end('{"slow":true}'))
    if (path === '/c') response.end('{}')
  }
  const slow = client.request({ method: 'GET', path: '/b' })
  const late = assert.rejects(client.request({ ...GET, deadlineMilliseconds: 100 }), DEADLINE)
  await client.request({ method: 'GET', path: '/c' })
  await late
  isOver = true
  assert.deepEqual(await slow, { slow: true })
  await until(() => server.sockets.size === 0)
  await client.request({ method: 'GET', path: '/c' })
  assert.equal(server.opened(), 4)
})

test('a body that stops halfway ends at the deadline, and the next call has another connection', {
  skip,
}, async (t) => {
  const { client, server } = await setStage(t, { answer: (response) => response.writeHead(200).write('{"items":[') })
  await assert.rejects(client.request({ ...GET, deadlineMilliseconds: 100 }), DEADLINE)
  server.answer = json({})
  await client.request(GET)
  assert.equal(server.opened(), 2)
})

test('a truncated body is not an answer', { skip }, async (t) => {
  const { client } = await setStage(t, {
    answer: (response) => {
      response.writeHead(200, { 'content-length': 100 }).write('{"items":[]}')
      setImmediate(() => response.destroy())
    },
  })
  await assert.rejects(client.request(GET), { name: 'ConnectionError', failure: 'network', message: 'GET /a: aborted' })
})

test('an error with a truncated body is not an answer', { skip }, async (t) => {
  const { client } = await setStage(t, {
    answer: (response) => {
      response.writeHead(404, { 'content-length': 100 }).write('{')
      setImmediate(() => response.destroy())
    },
  })
  await assert.rejects(client.request(GET), { name: 'ConnectionError', failure: 'network', message: 'GET /a: aborted' })
})

test('a connection that cannot be established ends the call before its deadline', { skip }, async (t) => {
  const { client, server } = await setStage(t, { options: { connectMilliseconds: 100 } })
  const { port } = server.url
  await server.stop()
  // Accepts connections, and never says a word of TLS.
  const mute = createServer((socket) => socket.on('error', () => undefined)).listen(Number(port), '127.0.0.1')
  t.after(() => mute.close())
  await assert.rejects(client.request(GET), { failure: 'network', message: 'GET /a: no connection within 100 ms' })
})

test('an unreachable server is an error with its cause', { skip }, async (t) => {
  const { client, server } = await setStage(t)
  await server.stop()
  const error = await failureOf(client.request(GET))
  assert.equal(error.message, `GET /a: connect ECONNREFUSED ${server.url.host}`)
  assert.partialDeepStrictEqual({ ...(error.cause as Error) }, { code: 'ECONNREFUSED' })
})

test('a canceled call ends, and leaves no listener on its signal', { skip }, async (t) => {
  const { client, server } = await setStage(t)
  const { signal, abort } = controller()
  const unwanted = { name: 'ConnectionError', failure: 'abort', message: 'GET /a: canceled' }
  await client.request({ ...GET, signal })
  assert.equal(getEventListeners(signal, 'abort').length, 0)
  server.answer = silence
  const call = assert.rejects(client.request({ ...GET, signal }), unwanted)
  await until(() => server.requests.length === 2)
  abort()
  await call
  await until(() => server.sockets.size === 0)
  await assert.rejects(client.request({ ...GET, signal }), unwanted)
  assert.equal(server.requests.length, 2)
  assert.equal(getEventListeners(signal, 'abort').length, 0)
})

test('a Lease is renewed while hanging calls use all connections', { skip }, async (t) => {
  const { client, server } = await setStage(t)
  server.answer = (response, { path }) => path === '/lease' && response.end('{}')
  const hanging = Array.from({ length: 40 }, () =>
    assert.rejects(client.request({ ...GET, deadlineMilliseconds: 2000 })),
  )
  await until(() => server.requests.length === 16)
  await client.request({ method: 'PUT', path: '/lease', lane: 'lease', deadlineMilliseconds: 1000 })
  client.close()
  await Promise.all(hanging)
})

function controller() {
  const abortController = new AbortController()
  return { signal: abortController.signal, abort: () => abortController.abort() }
}
