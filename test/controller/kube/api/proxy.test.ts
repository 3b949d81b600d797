import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { test } from 'node:test'
import { proxyOf } from '../../../../controller/kube/api/connections.ts'
import { createAuthority, needsOpenssl } from '../../../harness/servers/certificates.ts'
import { clientFor, writeKubeconfig } from './kubeconfig-stage.ts'
import { json, startLocalServer } from './local-server.ts'

test('calls use the same proxy as kubectl', () => {
  const HTTPS_PROXY = 'http://proxy.test:3128'
  const ways: readonly (readonly [server: string, noProxy: string, isProxied: boolean])[] = [
    ['https://one.test', '', true],
    // Node heeds names.
    ['https://one.test', 'one.test', true],
    ['https://10.1.2.3:6443', '', true],
    ['https://10.1.2.3:6443', '192.168.0.0/16, 10.0.0.0/8', false],
    ['https://10.1.2.3:6443', '192.168.0.0/16', true],
    ['https://[fd00::1]:6443', 'fd00::/8', false],
    ['https://one.test', '10.0.0.0/8', true],
    ['https://127.0.0.1:6443', '', false],
    ['https://127.0.1.1:6443', '', false],
    ['https://localhost:6443', '', false],
    ['https://[::1]:6443', '', false],
  ]
  assert.deepEqual(
    ways.map(([server, NO_PROXY]) => {
      const env = { HTTPS_PROXY, NO_PROXY }
      return [server, NO_PROXY, proxyOf({ server: new URL(server), proxyUrl: undefined, env }) !== undefined]
    }),
    ways,
  )
})

test('without a proxy in the environment calls are direct', () => {
  const server = new URL('https://one.test')
  assert.equal(proxyOf({ server, proxyUrl: undefined, env: { HTTPS_PROXY: '', PATH: '/bin' } }), undefined)
})

test('calls use the proxy of the kubeconfig', { skip: needsOpenssl() }, async (t) => {
  const authority = await createAuthority()
  const server = await startLocalServer(json({}), await authority.issue())
  t.after(server.stop)
  const asked: unknown[] = []
  const proxy = createServer().on('connect', ({ url = '' }, socket: Socket) => {
    asked.push(url)
    const upstream = connect(Number(new URL(`http://${url}`).port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      socket.pipe(upstream).pipe(socket)
    })
    upstream.on('error', () => socket.destroy())
    socket.on('error', () => upstream.destroy())
  })
  await once(proxy.listen(0, '127.0.0.1'), 'listening')
  t.after(() => proxy.close().closeAllConnections())
  const { port } = proxy.address() as AddressInfo
  const cluster = {
    server: server.url.href,
    'certificate-authority-data': btoa(authority.ca),
    'proxy-url': `http://127.0.0.1:${port}`,
  }
  const client = await clientFor(t, { kubeconfig: await writeKubeconfig(t, { cluster, user: {} }) })
  await client.request({ method: 'GET', path: '/' })
  await client.request({ method: 'GET', path: '/' })
  assert.deepEqual(asked, [server.url.host])
})
