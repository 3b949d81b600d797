import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { after, before, beforeEach, test } from 'node:test'
import type { Access } from '../../../controller/api/access.ts'
import { type ApiClient, createApiClient } from '../../../controller/api/api-client.ts'
import { ApiError, ConnectionError } from '../../../controller/api/api-error.ts'

type Handler = (request: IncomingMessage, response: ServerResponse, count: number) => void

let server: Server
let handler: Handler
let count = 0
const sockets = new Set<Socket>()
before(async () => {
  server = createServer((request, response) => {
    count += 1
    handler(request, response, count)
  }).listen(0, '127.0.0.1')
  server.on('connection', (socket) => sockets.add(socket))
  await once(server, 'listening')
})
after(() => {
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  count = 0
  sockets.clear()
})

/** A client whose token is another one after each refusal. */
function client(): ApiClient {
  let token = 1
  const access: Access = {
    server: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    namespace: undefined,
    description: 'a server of this test',
    identity: async () => ({ tls: {}, headers: { authorization: `Bearer ${token}` } }),
    forget: () => {
      token += 1
    },
  }
  return createApiClient(access, { userAgent: 'test/1' })
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

test('500 calls in a row are one connection', async () => {
  handler = (_, response) => json(response, 200, {})
  const api = client()
  for (let call = 0; call < 500; call++) await api.request({ method: 'GET', path: '/a' })
  assert.deepEqual([count, sockets.size], [500, 1])
  api.close()
})

test('a refused token is read anew, once', async () => {
  handler = ({ headers }, response) => json(response, headers.authorization === 'Bearer 2' ? 200 : 401, { a: 1 })
  const api = client()
  assert.deepEqual(await api.request({ method: 'GET', path: '/a' }), { a: 1 })
  assert.equal(count, 2)
  api.close()
})

test('Retry-After is waited for', async () => {
  handler = (_, response, nth) => json(response.setHeader('retry-after', '1'), nth === 1 ? 429 : 200, {})
  const api = client()
  const start = performance.now()
  await api.request({ method: 'GET', path: '/a' })
  assert.ok(performance.now() - start > 990)
  api.close()
})

test('a Status is an error with its reason, and a plain 404 is not taken for one', async () => {
  const details = { name: 'b', kind: 'buildkits' }
  const status = { kind: 'Status', apiVersion: 'v1', message: 'no b', reason: 'NotFound', details }
  handler = ({ url }, response) =>
    url === '/a' ? json(response, 404, status) : response.writeHead(404).end('404 page')
  const api = client()
  const errors = await Promise.all(
    ['/a', '/b'].map((path) => api.request({ method: 'GET', path }).catch((error: unknown) => error)),
  )
  assert.deepEqual(
    errors.map((error) => error instanceof ApiError && [error.code, error.reason, error.details, error.isStatus]),
    [
      [404, 'NotFound', details, true],
      [404, undefined, undefined, false],
    ],
  )
  api.close()
})

test('no answer is an error at the deadline, and the next call gets another connection', async () => {
  handler = (_, response, nth) => nth > 1 && json(response, 200, {})
  const api = client()
  const silent = api.request({ method: 'GET', path: '/a', deadlineMilliseconds: 200 })
  await assert.rejects(silent, (error) => error instanceof ConnectionError && error.failure === 'deadline')
  await api.request({ method: 'GET', path: '/a' })
  assert.equal(sockets.size, 2)
  api.close()
})

test('a connection that the server has closed meanwhile costs one more try, but never of a POST', async () => {
  const api = client()
  handler = ({ socket }, response, nth) => (nth === 2 ? socket.destroy() : json(response, 200, {}))
  await api.request({ method: 'GET', path: '/a' })
  await api.request({ method: 'GET', path: '/a' })
  assert.equal(count, 3)
  count = 1
  const posted = api.request({ method: 'POST', path: '/a', body: {} })
  await assert.rejects(posted, ConnectionError)
  assert.equal(count, 2)
  api.close()
})

test('a truncated body is an error', async () => {
  handler = (_, response) => {
    response.writeHead(200, { 'content-length': '100' }).write('{"a":')
    setTimeout(() => response.destroy(), 50)
  }
  const api = client()
  await assert.rejects(api.request({ method: 'GET', path: '/a' }), ConnectionError)
  api.close()
})

test('the body of a DELETE has a length, without which an API server does not read it', async () => {
  let length: string | undefined
  handler = ({ headers }, response) => {
    length = headers['content-length']
    json(response, 200, {})
  }
  const api = client()
  await api.request({ method: 'DELETE', path: '/a', body: { preconditions: { uid: '1' } } })
  assert.equal(length, '29')
  api.close()
})

test('a lease is renewed although every other connection waits', async () => {
  handler = ({ url }, response) => url === '/lease' && json(response, 200, {})
  const api = client()
  const waiting = Array.from({ length: 40 }, () =>
    api.request({ method: 'GET', path: '/a', deadlineMilliseconds: 2000 }).catch(() => undefined),
  )
  const start = performance.now()
  await api.request({ method: 'GET', path: '/lease', lane: 'lease' })
  assert.ok(performance.now() - start < 1000)
  api.close()
  await Promise.all(waiting)
})
