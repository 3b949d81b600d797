import assert from 'node:assert/strict'
import { once } from 'node:events'
import process from 'node:process'
import { test } from 'node:test'
import { ApiError, ConnectionError } from '../../../../controller/kube/api/api-error.ts'
import { needsOpenssl } from '../../../harness/servers/certificates.ts'
import { failureOf } from './failure-of.ts'
import { json } from './local-server.ts'
import { setStage } from './stage.ts'
import { until } from './until.ts'

const skip = needsOpenssl()
const DELETION = { preconditions: { uid: 'u', resourceVersion: '7' } }

test('calls reuse a connection: 500 calls, one connection', { skip }, async (t) => {
  const { client, server } = await setStage(t, { answer: json({ kind: 'PodList' }) })
  for (let count = 0; count < 500; count++) {
    assert.deepEqual(await client.request({ method: 'GET', path: '/api/v1/pods' }), { kind: 'PodList' })
  }
  assert.deepEqual(
    { requests: server.requests.length, connections: server.opened() },
    { requests: 500, connections: 1 },
  )
})

test('a call waits while sixteen are in progress, and four connections are kept', { skip }, async (t) => {
  let underWay = 0
  let most = 0
  const { client, server } = await setStage(t, {
    answer: (response) => {
      most = Math.max(most, ++underWay)
      setTimeout(() => {
        underWay -= 1
        response.end('{}')
      }, 10)
    },
  })
  await Promise.all(Array.from({ length: 100 }, () => client.request({ method: 'GET', path: '/' })))
  assert.deepEqual({ most, connections: server.opened() }, { most: 16, connections: 16 })
  await until(() => server.sockets.size === 4)
})

test('a call has our user agent, and accepts JSON', { skip }, async (t) => {
  const { client, server } = await setStage(t)
  await client.request({ method: 'GET', path: '/api/v1/pods?limit=500' })
  const { connection: _, ...headers } = server.requests[0]?.headers ?? {}
  assert.deepEqual(
    { ...server.requests[0], headers },
    {
      method: 'GET',
      path: '/api/v1/pods?limit=500',
      headers: {
        accept: 'application/json',
        'user-agent': 'test/1',
        authorization: 'Bearer first',
        host: server.url.host,
      },
      body: '',
    },
  )
})

for (const [name, call, contentType] of [
  ['a merge patch', { method: 'PATCH' }, 'application/merge-patch+json'],
  ['another patch', { method: 'PATCH', contentType: 'application/json-patch+json' }, 'application/json-patch+json'],
  ['a new object', { method: 'POST' }, 'application/json'],
  // Without a length kube-apiserver does not read it, and deletes whatever has the name.
  ['the preconditions of a deletion', { method: 'DELETE' }, 'application/json'],
] as const) {
  test(`a call sends ${name} with its type and length`, { skip }, async (t) => {
    const { client, server } = await setStage(t)
    await client.request({ ...call, path: '/', body: { ...DELETION, name: 'ü' } })
    const {
      'content-type': type,
      'content-length': length,
      'transfer-encoding': encoding,
    } = server.requests[0]?.headers ?? {}
    const body = '{"preconditions":{"uid":"u","resourceVersion":"7"},"name":"ü"}'
    assert.deepEqual(
      { type, length, encoding, body: server.requests[0]?.body },
      { type: contentType, length: String(Buffer.byteLength(body)), encoding: undefined, body },
    )
  })
}

test('the client remembers the time of the last answer of any kind', { skip }, async (t) => {
  const { client, server } = await setStage(t)
  assert.equal(client.lastAnswer(), 0)
  server.answer = json({}, 500)
  const before = performance.now()
  await assert.rejects(client.request({ method: 'GET', path: '/' }))
  assert.ok(client.lastAnswer() > before && client.lastAnswer() < performance.now())
})

test('each answer and each retry is counted', { skip }, async (t) => {
  const seen: unknown[] = []
  const observer = {
    onAnswer: ({ seconds, ...answer }: { seconds: number }) => seen.push(answer, seconds > 0 && seconds < 5),
    onRetry: (retry: unknown) => seen.push(retry),
  }
  const { client, server } = await setStage(t, { options: { observer } })
  const { host } = server.url
  server.answer = json({}, 401)
  await assert.rejects(client.request({ method: 'PATCH', path: '/' }))
  await server.stop()
  await assert.rejects(client.request({ method: 'GET', path: '/' }))
  assert.deepEqual(seen, [
    ...[{ method: 'PATCH', host, code: '401' }, true, { method: 'PATCH', host }],
    ...[{ method: 'PATCH', host, code: '401' }, true],
    ...[{ method: 'GET', host, code: '<error>' }, true],
  ])
  await once(server.server.listen(Number(server.url.port), '127.0.0.1'), 'listening')
})

test('a Status is an error with all its details', { skip }, async (t) => {
  const details = { name: 'b', group: 'buildkit.seatgeek.io', kind: 'buildkits' }
  const status = { apiVersion: 'v1', kind: 'Status', reason: 'NotFound', message: 'buildkits "b" not found', details }
  const { client } = await setStage(t, { answer: json(status, 404) })
  const error = await failureOf(client.request({ method: 'GET', path: '/apis/buildkits/b?x=y' }))
  assert.ok(error instanceof ApiError)
  assert.deepEqual(
    { ...error, message: error.message },
    {
      name: 'ApiError',
      message: 'GET /apis/buildkits/b: 404 NotFound: buildkits "b" not found',
      code: 404,
      reason: 'NotFound',
      details,
      retryAfterSeconds: undefined,
      isStatus: true,
    },
  )
})

for (const [name, body] of [
  ['plain text', '404 page not found\n'],
  ['JSON that is not a Status', '{"message":"no Status"}'],
  ['half of a Status', '{"apiVersion":"v1","kind":"Sta'],
] as const) {
  test(`an answer that is ${name} is an error that does not mean that an object is gone`, {
    skip,
  }, async (t) => {
    const { client } = await setStage(t, { answer: (response) => response.writeHead(404).end(body) })
    const error = await failureOf(client.request({ method: 'GET', path: '/apis/x' }))
    assert.ok(error instanceof ApiError)
    const { code, reason, isStatus, message } = error
    assert.deepEqual(
      { code, reason, isStatus, message },
      { code: 404, reason: undefined, isStatus: false, message: `GET /apis/x: 404: ${body.trim()}` },
    )
  })
}

for (const [name, body] of [
  ['is not JSON', '<html>'],
  ['is empty', ''],
] as const) {
  test(`a 200 that ${name} counts as no answer`, { skip }, async (t) => {
    const { client } = await setStage(t, { answer: (response) => response.end(body) })
    const error = await failureOf(client.request({ method: 'GET', path: '/' }))
    assert.ok(error instanceof ConnectionError)
    assert.deepEqual([error.failure, (error.cause as Error).name], ['network', 'SyntaxError'])
  })
}

test('a call that is over leaves no timer behind', { skip }, async (t) => {
  const { client } = await setStage(t)
  await client.request({ method: 'GET', path: '/' })
  const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length
  const before = timers()
  await client.request({ method: 'GET', path: '/' })
  assert.equal(timers(), before)
})

test('closing a client ends calls and connections, and it accepts no more calls', { skip }, async (t) => {
  const { client, server } = await setStage(t)
  await Promise.all([1, 2, 3].map(() => client.request({ method: 'GET', path: '/' })))
  server.answer = (response) => response.writeHead(200).write('{')
  const watch = await client.openWatch('/?watch=true', new AbortController().signal)
  const expected = { message: 'GET /: the client is closed', failure: 'abort' }
  const call = assert.rejects(client.request({ method: 'GET', path: '/' }), expected)
  await until(() => server.requests.length === 5)
  client.close()
  await call
  await assert.rejects(client.request({ method: 'GET', path: '/' }), expected)
  await assert.rejects(client.openWatch('/', new AbortController().signal), expected)
  await until(() => watch.destroyed && server.sockets.size === 0)
  assert.equal(server.requests.length, 5)
})
