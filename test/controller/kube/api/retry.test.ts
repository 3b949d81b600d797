import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ApiCall } from '../../../../controller/kube/api/api-call.ts'
import { needsOpenssl } from '../../../harness/servers/certificates.ts'
import { failureOf } from './failure-of.ts'
import { type Answerer, json, type LocalServer } from './local-server.ts'
import { setStage } from './stage.ts'
import { until } from './until.ts'

const skip = needsOpenssl()
const RESOURCE_VERSION = { metadata: { resourceVersion: '7' } }
const PRECONDITIONS = { preconditions: { uid: 'u' } }

/** Closes the connection of the next request that comes, without an answer. */
function resetOnce(server: LocalServer, then: Answerer = json({})): void {
  server.answer = (response) => {
    server.answer = then
    response.destroy()
  }
}

const replayed: readonly ApiCall[] = [
  { method: 'GET', path: '/' },
  { method: 'PATCH', path: '/', body: RESOURCE_VERSION },
  { method: 'PUT', path: '/', body: RESOURCE_VERSION },
  { method: 'DELETE', path: '/', body: PRECONDITIONS },
]
for (const call of replayed) {
  const what = call.body ? `${call.method} with preconditions` : call.method
  test(`a ${what} is sent again if its idle connection was closed`, { skip }, async (t) => {
    const { client, server } = await setStage(t)
    await client.request({ method: 'GET', path: '/first' })
    resetOnce(server)
    await client.request(call)
    assert.deepEqual(
      { requests: server.requests.length, connections: server.opened() },
      { requests: 3, connections: 2 },
    )
  })
}

const sentOnce: readonly ApiCall[] = [
  { method: 'POST', path: '/', body: RESOURCE_VERSION },
  { method: 'PATCH', path: '/', body: {} },
  { method: 'PUT', path: '/', body: { metadata: {} } },
  { method: 'DELETE', path: '/', body: { propagationPolicy: 'Background' } },
  { method: 'DELETE', path: '/' },
]
for (const call of sentOnce) {
  test(`a ${call.method} with ${JSON.stringify(call.body)} is not sent again: it may have been carried out`, {
    skip,
  }, async (t) => {
    const { client, server } = await setStage(t)
    await client.request({ method: 'GET', path: '/first' })
    resetOnce(server)
    await assert.rejects(client.request(call), { name: 'ConnectionError', failure: 'stale' })
    assert.equal(server.requests.length, 2)
  })
}

test('a call is sent again only once', { skip }, async (t) => {
  const { client, server } = await setStage(t)
  await client.request({ method: 'GET', path: '/' })
  server.answer = (response) => response.destroy()
  await assert.rejects(client.request({ method: 'GET', path: '/' }), { name: 'ConnectionError', failure: 'network' })
  assert.equal(server.requests.length, 3)
})

test('a call is not sent again over another idle connection', { skip }, async (t) => {
  const { client, server } = await setStage(t)
  await Promise.all([1, 2, 3].map(() => client.request({ method: 'GET', path: '/' })))
  const old = new Set([...server.sockets].map(({ remotePort }) => remotePort))
  // As a load balancer whose backend has gone: the next word over an old connection closes it.
  server.answer = (response) => (old.has(response.socket?.remotePort) ? response.destroy() : response.end('{}'))
  assert.deepEqual(await client.request({ method: 'GET', path: '/' }), {})
  assert.deepEqual({ old: old.size, opened: server.opened() }, { old: 3, opened: 4 })
})

test('a call over a new connection that is closed is not sent again', { skip }, async (t) => {
  const { client, server } = await setStage(t)
  resetOnce(server)
  await assert.rejects(client.request({ method: 'GET', path: '/' }), {
    message: 'GET /: socket hang up',
    failure: 'network',
  })
  assert.equal(server.requests.length, 1)
})

test('calls after a restart of the server all succeed, over new connections', { skip }, async (t) => {
  const { client, server } = await setStage(t)
  const four = () => Promise.all([1, 2, 3, 4].map(() => client.request({ method: 'GET', path: '/' })))
  await four()
  for (const socket of server.sockets) socket.resetAndDestroy()
  await four()
  assert.equal(server.requests.length, 8)
})

for (const code of [429, 503]) {
  test(`a call waits as long as a ${code} requests`, { skip }, async (t) => {
    const { client, server } = await setStage(t)
    server.answer = (response) => {
      server.answer = json({ done: true })
      response.writeHead(code, { 'retry-after': '1' }).end()
    }
    const before = performance.now()
    assert.deepEqual(await client.request({ method: 'POST', path: '/', body: {} }), { done: true })
    const waited = performance.now() - before
    assert.ok(waited >= 990 && waited < 5000, `${waited} ms`)
  })
}

test('a call that would wait past its deadline fails at once with the wait', { skip }, async (t) => {
  const { client, server } = await setStage(t, { answer: json({}, 429, { 'retry-after': '30' }) })
  const { message: _, ...error } = await failureOf(client.request({ method: 'GET', path: '/' }))
  assert.partialDeepStrictEqual({ ...error }, { code: 429, retryAfterSeconds: 30 })
  assert.equal(server.requests.length, 1)
})

test('a call is sent at most four times if the server keeps asking for a retry', { skip }, async (t) => {
  const { client, server } = await setStage(t, { answer: json({}, 429, { 'retry-after': '0' }) })
  await assert.rejects(client.request({ method: 'GET', path: '/' }), { code: 429, retryAfterSeconds: 0 })
  assert.equal(server.requests.length, 4)
})

test('without a request of the server a retry is up to the caller', { skip }, async (t) => {
  const { client, server } = await setStage(t)
  for (const answer of [json({}, 503), json({}, 500, { 'retry-after': '1' }), json({}, 409)]) {
    server.answer = answer
    await assert.rejects(client.request({ method: 'GET', path: '/' }), { name: 'ApiError' })
  }
  assert.equal(server.requests.length, 3)
})

test('the wait for a retry ends with the signal', { skip }, async (t) => {
  const { client, server } = await setStage(t, { answer: json({}, 429, { 'retry-after': '9' }) })
  const abortController = new AbortController()
  const before = performance.now()
  const call = assert.rejects(client.request({ method: 'GET', path: '/', signal: abortController.signal }), {
    failure: 'abort',
  })
  await until(() => server.requests.length === 1)
  abortController.abort()
  await call
  assert.ok(performance.now() - before < 5000)
})
