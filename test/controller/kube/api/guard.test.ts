import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { test } from 'node:test'
import { createApiClient } from '../../../../controller/kube/api/api-client.ts'
import { NotSentError } from '../../../../controller/kube/api/api-error.ts'
import { needsOpenssl } from '../../../harness/servers/certificates.ts'
import { json, type LocalServer, silence } from './local-server.ts'
import { setStage } from './stage.ts'
import { until } from './until.ts'

const skip = needsOpenssl()
const CONNECTIONS = 16
const REFUSED = { name: 'NotSentError', message: 'lost' }

/** Lets calls pass until it is closed. */
function gate() {
  let isOpen = true
  const asked = { times: 0 }
  return {
    asked,
    close: () => {
      isOpen = false
    },
    guard: () => {
      asked.times += 1
      if (!isOpen) throw new NotSentError('lost')
    },
  }
}

function deletions(server: LocalServer): number {
  return server.requests.filter(({ method }) => method === 'DELETE').length
}

test('a call that waited for a connection is not sent if its guard throws then', { skip }, async (t) => {
  const answers: string[] = []
  const observer = { onAnswer: ({ code }: { code: string }) => answers.push(code), onRetry: () => undefined }
  const { client, server } = await setStage(t, { answer: silence, options: { observer } })
  const stop = new AbortController()
  const busy = Array.from({ length: CONNECTIONS }, () =>
    client.request({ method: 'GET', path: '/busy', signal: stop.signal }).catch(() => undefined),
  )
  await until(() => server.requests.length === CONNECTIONS)
  const { guard, close, asked } = gate()
  const call = client.request({ method: 'DELETE', path: '/pod', body: {}, guard })
  const refused = assert.rejects(call, REFUSED)
  close()
  assert.equal(asked.times, 0)
  server.answer = json({})
  stop.abort()
  await Promise.all([refused, ...busy])
  assert.deepEqual(await client.request({ method: 'GET', path: '/' }), {})
  const counted = answers.filter((code) => code === '200').length
  assert.deepEqual([deletions(server), answers.length - counted, counted], [0, CONNECTIONS, 1])
})

test('a call that waited for a handshake is not sent if its guard throws then', { skip }, async (t) => {
  const { server } = await setStage(t)
  const held: (() => void)[] = []
  const slow = createServer((socket: Socket) => {
    const forward = () => socket.pipe(connect(Number(server.url.port), '127.0.0.1')).pipe(socket)
    socket.on('error', () => undefined)
    held.push(forward)
  })
  await once(slow.listen(0, '127.0.0.1'), 'listening')
  const identity = async () => ({ tls: { rejectUnauthorized: false }, headers: {} })
  const url = new URL(`https://127.0.0.1:${(slow.address() as AddressInfo).port}`)
  const access = { server: url, namespace: undefined, description: '', identity, forget: () => undefined }
  const client = createApiClient(access, { userAgent: 'test/1' })
  const { guard, close, asked } = gate()
  const refused = assert.rejects(client.request({ method: 'DELETE', path: '/pod', body: {}, guard }), REFUSED)
  await until(() => held.length === 1)
  close()
  assert.equal(asked.times, 0)
  for (const forward of held.splice(0)) forward()
  await refused
  const passing = client.request({ method: 'DELETE', path: '/pod', body: {}, guard: () => undefined })
  await until(() => held.length === 1)
  for (const forward of held) forward()
  assert.deepEqual([await passing, deletions(server), asked.times], [{}, 1, 1])
  client.close()
  slow.close()
})

for (const [name, answer] of Object.entries({
  'after the time that the server asks for': json({}, 429, { 'retry-after': '1' }),
  'with a new identity': json({}, 401),
}))
  test(`a call is not sent again ${name} if its guard throws`, { skip }, async (t) => {
    const { client, server } = await setStage(t)
    const { guard, close, asked } = gate()
    server.answer = (response, request) => {
      close()
      answer(response, request)
    }
    await assert.rejects(client.request({ method: 'DELETE', path: '/pod', body: {}, guard }), REFUSED)
    assert.deepEqual([deletions(server), asked.times], [1, 2])
  })
