import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { startHealthServer, startMetricsServer } from '../../controller/health-server.ts'

const LOOPBACK = { host: '127.0.0.1', port: 0 }

test('probes answer as those of Kubernetes do', async () => {
  let failure: string | undefined = 'the first lists are not complete'
  const checks = { livez: { ping: () => undefined }, readyz: { sync: () => failure, shutdown: () => undefined } }
  const server = await startHealthServer(LOOPBACK, checks)
  const ask = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`)
    return [response.status, await response.text()]
  }
  try {
    assert.deepEqual(await ask('/livez'), [200, 'ok'])
    assert.deepEqual(await ask('/healthz?verbose'), [200, '[+]ping ok\nhealthz check passed\n'])
    assert.deepEqual(await ask('/readyz'), [
      503,
      '[-]sync failed: the first lists are not complete\n[+]shutdown ok\nreadyz check failed\n',
    ])
    failure = undefined
    assert.deepEqual(await ask('/readyz'), [200, 'ok'])
    assert.deepEqual(await ask('/metrics'), [404, 'not found\n'])
  } finally {
    server.closeAllConnections()
    await once(server.close(), 'close')
  }
})

test('an address that is taken is an error', async () => {
  const source = { contentType: 'text/plain', scrape: async () => '' }
  const server = await startMetricsServer(LOOPBACK, source)
  const { port } = server.address() as AddressInfo
  await assert.rejects(startMetricsServer({ host: '127.0.0.1', port }, source), /EADDRINUSE/)
  await once(server.close(), 'close')
})
