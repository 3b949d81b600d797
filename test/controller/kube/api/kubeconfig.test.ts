import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { TLSSocket } from 'node:tls'
import { createAuthority, needsOpenssl } from '../../../harness/servers/certificates.ts'
import { clientFor, kubeconfig, writeKubeconfig } from './kubeconfig-stage.ts'
import { json, type LocalServer, startLocalServer, takes } from './local-server.ts'

const skip = needsOpenssl()
const GET = { method: 'GET', path: '/version' } as const
const authority = skip ? undefined : await createAuthority()
const certificate = await authority?.issue()
const ca = authority?.ca ?? ''

const users: readonly (readonly [name: string, user: object, authorization: string])[] = [
  ['a token', { token: 't' }, 'Bearer t'],
  ['a name and a password', { username: 'u', password: 'p' }, `Basic ${btoa('u:p')}`],
]
for (const [name, user, authorization] of users) {
  test(`a user with ${name} sends it`, { skip }, async (t) => {
    const server = await tlsServer(t)
    await (await clientFor(t, { kubeconfig: await writeKubeconfig(t, { cluster: trusted(server), user }) })).request(
      GET,
    )
    assert.equal(server.requests[0]?.headers.authorization, authorization)
  })
}

test('a user presents a client certificate from files beside the kubeconfig', { skip }, async (t) => {
  const server = await tlsServer(t, { requestCert: true, ca })
  let subject: unknown
  server.answer = (response) => {
    subject = (response.socket as TLSSocket).getPeerCertificate().subject.CN
    response.end('{}')
  }
  const user = { 'client-certificate': 'me.crt', 'client-key': 'me.key' }
  const cluster = { server: server.url.href, 'certificate-authority': 'ca.crt' }
  const file = await writeKubeconfig(t, { cluster, user })
  const mine = await authority?.issue('/CN=me')
  for (const [name, text] of Object.entries({ 'me.crt': mine?.cert, 'me.key': mine?.key, 'ca.crt': ca })) {
    await writeFile(join(dirname(file), name), text ?? '')
  }
  await (await clientFor(t, { kubeconfig: file })).request(GET)
  assert.equal(subject, 'me')
})

test('a kubeconfig may contain a client certificate', { skip }, async (t) => {
  const server = await tlsServer(t, { requestCert: true, ca, rejectUnauthorized: true })
  const mine = await authority?.issue('/CN=me')
  const user = { 'client-certificate-data': btoa(mine?.cert ?? ''), 'client-key-data': btoa(mine?.key ?? '') }
  const client = await clientFor(t, { kubeconfig: await writeKubeconfig(t, { cluster: trusted(server), user }) })
  assert.deepEqual(await client.request(GET), {})
})

test('a user with a token file has its present content', { skip }, async (t) => {
  const server = await tlsServer(t)
  const file = await writeKubeconfig(t, { cluster: trusted(server), user: { tokenFile: 'token', token: 'old' } })
  await writeFile(join(dirname(file), 'token'), 'first\n')
  const client = await clientFor(t, { kubeconfig: file })
  await client.request(GET)
  await writeFile(join(dirname(file), 'token'), 'second\n')
  server.answer = takes('second')
  await client.request(GET)
  assert.deepEqual(tokensOf(server), ['Bearer first', 'Bearer first', 'Bearer second'])
})

test('a kubeconfig that changes is read again', { skip }, async (t) => {
  const server = await tlsServer(t)
  const file = await writeKubeconfig(t, { cluster: trusted(server), user: { token: 'first' } })
  const client = await clientFor(t, { kubeconfig: file })
  await client.request(GET)
  await writeFile(file, kubeconfig({ cluster: trusted(server), user: { token: 'second' } }))
  const now = performance.now.bind(performance)
  t.mock.method(performance, 'now', () => now() + 60_000)
  await client.request(GET)
  assert.deepEqual(tokensOf(server), ['Bearer first', 'Bearer second'])
})

test('a kubeconfig without a CA trusts only the CAs of the system', { skip }, async (t) => {
  const server = await tlsServer(t)
  const client = await clientFor(t, {
    kubeconfig: await writeKubeconfig(t, { cluster: { server: server.url.href }, user: {} }),
  })
  await assert.rejects(client.request(GET), {
    name: 'ConnectionError',
    message: /unable to verify the first certificate/,
  })
})

test('insecure-skip-tls-verify trusts every certificate', { skip }, async (t) => {
  const server = await tlsServer(t)
  const cluster = { server: server.url.href, 'insecure-skip-tls-verify': true }
  const client = await clientFor(t, { kubeconfig: await writeKubeconfig(t, { cluster }) })
  assert.deepEqual(await client.request(GET), {})
})

test('tls-server-name is the name that a certificate must have', { skip }, async (t) => {
  const server = await tlsServer(t)
  const call = async (name: string) => {
    const cluster = { ...trusted(server), 'tls-server-name': name }
    const client = await clientFor(t, { kubeconfig: await writeKubeconfig(t, { cluster, user: {} }) })
    return client.request(GET)
  }
  assert.deepEqual(await call('kubernetes.test'), {})
  await assert.rejects(call('another.test'), { name: 'ConnectionError', message: /Hostname\/IP does not match/ })
})

test('a server may have a path, and no TLS, like kubectl proxy', async (t) => {
  const server = await startLocalServer(json({}))
  t.after(server.stop)
  const cluster = { server: new URL('/k8s/clusters/c-1/', server.url).href }
  const client = await clientFor(t, { kubeconfig: await writeKubeconfig(t, { cluster }) })
  await client.request({ method: 'GET', path: '/api/v1/pods?limit=1' })
  assert.equal(server.requests[0]?.path, '/k8s/clusters/c-1/api/v1/pods?limit=1')
})

async function tlsServer(t: TestContext, options: object = {}): Promise<LocalServer> {
  const server = await startLocalServer(json({}), { ...certificate, ...options })
  t.after(server.stop)
  return server
}

function trusted(server: LocalServer): object {
  return { server: server.url.href, 'certificate-authority-data': btoa(ca) }
}

function tokensOf(server: LocalServer): readonly unknown[] {
  return server.requests.map(({ headers }) => headers.authorization)
}
