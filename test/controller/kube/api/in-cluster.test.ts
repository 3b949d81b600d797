import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { Server } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { inClusterAccess } from '../../../../controller/kube/api/in-cluster.ts'
import { createAuthority, needsOpenssl } from '../../../harness/servers/certificates.ts'
import { json, takes } from './local-server.ts'
import { setStage } from './stage.ts'
import { until } from './until.ts'

const skip = needsOpenssl()
const GET = { method: 'GET', path: '/' } as const
const NO_TOKEN = { name: 'ConnectionError', failure: 'network', message: /^GET \/: ENOENT: .*\/token'$/ }

test('a refused token is read again, and the call succeeds', { skip }, async (t) => {
  const { client, server, folder } = await setStage(t, { answer: takes('first') })
  await client.request(GET)
  await writeFile(join(folder, 'token'), 'second\n')
  server.answer = takes('second')
  await client.request(GET)
  const tokens = server.requests.map(({ headers }) => headers.authorization)
  assert.deepEqual(tokens, ['Bearer first', 'Bearer first', 'Bearer second'])
})

test('a watch with a refused token starts with a new one', { skip }, async (t) => {
  const { client, server, folder } = await setStage(t, { answer: takes('second') })
  await writeFile(join(folder, 'token'), 'second\n')
  const watch = await client.openWatch('/', new AbortController().signal)
  assert.deepEqual(await watch.map(String).toArray(), ['{}'])
  assert.equal(server.requests.length, 2)
})

test('a token that stays refused is an error after one retry', { skip }, async (t) => {
  const { client, server } = await setStage(t, { answer: takes('another') })
  await assert.rejects(client.request(GET), { name: 'ApiError', code: 401 })
  assert.equal(server.requests.length, 2)
})

test('a token is read again after a minute, without a refusal', { skip }, async (t) => {
  const { client, server, folder } = await setStage(t)
  await client.request(GET)
  await writeFile(join(folder, 'token'), 'second\n')
  await client.request(GET)
  const now = performance.now.bind(performance)
  t.mock.method(performance, 'now', () => now() + 60_000)
  await client.request(GET)
  const tokens = server.requests.map(({ headers }) => headers.authorization)
  assert.deepEqual(tokens, ['Bearer first', 'Bearer first', 'Bearer second'])
  assert.equal(server.opened(), 1)
})

test('an unreadable token file keeps the old token until that is refused; then calls fail', {
  skip,
}, async (t) => {
  const { client, server, folder } = await setStage(t, { answer: takes('first') })
  await rm(join(folder, 'token'))
  const now = performance.now.bind(performance)
  t.mock.method(performance, 'now', () => now() + 60_000)
  await client.request(GET)
  server.answer = takes('second')
  await assert.rejects(client.request(GET), NO_TOKEN)
  await assert.rejects(client.request(GET), NO_TOKEN)
  assert.equal(server.requests.length, 2)
  await writeFile(join(folder, 'token'), 'second')
  await client.request(GET)
})

test('an empty token counts as none', { skip }, async (t) => {
  const { client, server, folder } = await setStage(t, { answer: takes('second') })
  await writeFile(join(folder, 'token'), '\n')
  await assert.rejects(client.request(GET), {
    name: 'ConnectionError',
    message: `GET /: ${join(folder, 'token')} is empty`,
  })
  assert.equal(server.requests.length, 1)
})

test('a new CA and a new certificate cause no error, and calls in progress succeed', {
  skip,
}, async (t) => {
  const { client, server, folder } = await setStage(t)
  await client.request(GET)
  let isOver = false
  server.answer = (response) => void until(() => isOver).then(() => response.end('{"slow":true}'))
  const slow = client.request(GET)
  await until(() => server.requests.length === 2)
  const authority = await createAuthority()
  const secureServer = server.server as Server
  secureServer.setSecureContext(await authority.issue())
  await writeFile(join(folder, 'ca.crt'), authority.ca)
  server.answer = json({})
  await client.request(GET)
  isOver = true
  assert.deepEqual(await slow, { slow: true })
  assert.equal(server.requests.length, 3)
  await until(() => server.sockets.size === 1)
})

test('a certificate that the CA did not sign is an error with its cause', { skip }, async (t) => {
  const { client, server } = await setStage(t)
  const foreign = await createAuthority()
  const secureServer = server.server as Server
  secureServer.setSecureContext(await foreign.issue())
  await assert.rejects(client.request(GET), {
    name: 'ConnectionError',
    failure: 'network',
    message: /^GET \/: unable to verify the first certificate/,
  })
  assert.deepEqual({ requests: server.requests.length, connections: server.opened() }, { requests: 0, connections: 2 })
})

test('the namespace is that of the Pod', { skip }, async (t) => {
  const { folder } = await setStage(t)
  const { server, namespace, description } = await inClusterAccess({ host: 'fd00::1', port: '443', folder })
  assert.deepEqual(
    { server: server.href, namespace, description },
    { server: 'https://[fd00::1]/', namespace: 'builders', description: 'the cluster of this Pod' },
  )
})

test('the error of a Pod without a token names the setting', async (t) => {
  const folder = await emptyFolder(t)
  await assert.rejects(inClusterAccess({ host: '10.0.0.1', port: '443', folder }), {
    name: 'AccessError',
    message:
      `a Pod must have its ServiceAccount's token in ${folder} (automountServiceAccountToken), ` +
      `got ENOENT: no such file or directory, open '${folder}/token'`,
  })
})

async function emptyFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'service-account-'))
  t.after(() => rm(folder, { recursive: true }))
  return folder
}
