import assert from 'node:assert/strict'
import { getEventListeners, once } from 'node:events'
import { readFile } from 'node:fs/promises'
import process from 'node:process'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { needsOpenssl } from '../../../harness/servers/certificates.ts'
import { type Answerer, json, silence } from './local-server.ts'
import { setStage } from './stage.ts'
import { until } from './until.ts'

const skip = needsOpenssl()
const PATH = '/api/v1/pods?watch=true'
const begin: Answerer = (response) => response.writeHead(200).write('{"type":"BOOKMARK"}\n')
const never = new AbortController().signal

test('each watch has a connection of its own, and its bytes arrive as they are sent', { skip }, async (t) => {
  const { client, server } = await setStage(t, { answer: begin })
  const watches = await Promise.all([1, 2, 3].map(() => client.openWatch(PATH, never)))
  for (const watch of watches) assert.equal(`${(await once(watch, 'data'))[0]}`, '{"type":"BOOKMARK"}\n')
  assert.deepEqual({ path: server.requests[0]?.path, connections: server.sockets.size }, { path: PATH, connections: 3 })
})

test('destroying a watch closes its connection, and later calls do not use the others', {
  skip,
}, async (t) => {
  const { client, server } = await setStage(t)
  await client.request({ method: 'GET', path: '/' })
  server.answer = begin
  const watch = await client.openWatch(PATH, never)
  assert.equal(server.sockets.size, 2)
  watch.destroy()
  await until(() => server.sockets.size === 0)
  server.answer = json({})
  await client.request({ method: 'GET', path: '/' })
  assert.equal(server.opened(), 3)
})

test('a watch ends with its signal, and leaves no listener on it', { skip }, async (t) => {
  const { client, server } = await setStage(t, { answer: begin })
  const { signal, abort } = controller()
  const watch = await client.openWatch(PATH, signal)
  abort()
  await until(() => watch.closed)
  await until(() => server.sockets.size === 0)
  assert.equal(getEventListeners(signal, 'abort').length, 0)
})

test('a watch that the server ends leaves the connection of calls alone', { skip }, async (t) => {
  const { client, server } = await setStage(t)
  await client.request({ method: 'GET', path: '/' })
  server.answer = (response) => response.end('{"type":"BOOKMARK"}\n')
  const { signal } = controller()
  const watch = await client.openWatch(PATH, signal)
  assert.deepEqual(await watch.map(String).toArray(), ['{"type":"BOOKMARK"}\n'])
  server.answer = json({})
  await client.request({ method: 'GET', path: '/' })
  assert.equal(server.opened(), 2)
  assert.equal(getEventListeners(signal, 'abort').length, 0)
})

test('a truncated watch is an error of its stream', { skip }, async (t) => {
  const { client, server } = await setStage(t, { answer: begin })
  const watch = await client.openWatch(PATH, never)
  for (const socket of server.sockets) socket.resetAndDestroy()
  await assert.rejects(watch.toArray(), { code: 'ECONNRESET' })
})

test('a refused watch is an error with the message of the server', { skip }, async (t) => {
  const status = { apiVersion: 'v1', kind: 'Status', reason: 'Expired', message: 'too old resource version' }
  const { client } = await setStage(t, { answer: json(status, 410) })
  const message = 'GET /api/v1/pods: 410 Expired: too old resource version'
  await assert.rejects(client.openWatch(PATH, never), { name: 'ApiError', code: 410, message })
})

test('a watch that does not begin ends after ten seconds', { skip }, async (t) => {
  const { client, server } = await setStage(t, { answer: silence })
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const watch = assert.rejects(client.openWatch(PATH, never), { failure: 'deadline' })
  while (server.requests.length === 0) await setImmediate()
  t.mock.timers.tick(10_000)
  await watch
})

test('a watch that has begun has no deadline', { skip }, async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const { client, server } = await setStage(t, { answer: begin })
  const watch = await client.openWatch(PATH, never)
  t.mock.timers.tick(3_600_000)
  server.answer = json({})
  await client.request({ method: 'GET', path: '/' })
  assert.deepEqual(
    { isDestroyed: watch.destroyed, connections: server.sockets.size },
    { isDestroyed: false, connections: 2 },
  )
})

const linux = process.platform !== 'linux' && 'reads /proc'
test('the kernel probes the other end of a watch every fifteen seconds', {
  skip: skip || linux,
}, async (t) => {
  const { client, server } = await setStage(t, { answer: begin })
  await client.openWatch(PATH, never)
  const remote = `0100007F:${Number(server.url.port).toString(16).toUpperCase().padStart(4, '0')}`
  const rows = (await readFile('/proc/net/tcp', 'utf8')).split('\n').map((line) => line.trim().split(/\s+/))
  const [timer, jiffies = ''] = rows.find(([, , to, state]) => to === remote && state === '01')?.[5]?.split(':') ?? []
  // 02: what runs is the timer for probes; 1/100 s.
  assert.equal(timer, '02')
  assert.ok(Number.parseInt(jiffies, 16) <= 1500, jiffies)
})

function controller() {
  const abortController = new AbortController()
  return { signal: abortController.signal, abort: () => abortController.abort() }
}

test('a watch whose connection breaks reports the cause', { skip }, async (t) => {
  const { client, server } = await setStage(t, { answer: begin })
  const watch = await client.openWatch(PATH, never)
  await once(watch, 'data')
  for (const socket of server.sockets) socket.resetAndDestroy()
  await assert.rejects(watch.toArray(), { code: 'ECONNRESET', message: 'read ECONNRESET' })
})
