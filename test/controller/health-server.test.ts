import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { startHealthServer, startMetricsServer } from '../../controller/health-server.ts'

const LOOPBACK = { host: '127.0.0.1', port: 0 }
const WELL = { livez: { ping: () => undefined }, readyz: { sync: () => undefined } }
const METRICS = { contentType: 'text/plain; version=0.0.4', scrape: async () => 'up 1\n' }

/** The status and the body of the answer to a target, which is sent as it is. */
async function ask(server: Server, target: string): Promise<readonly [number, string]> {
  const socket = connect(portOf(server), '127.0.0.1')
  socket.end(`GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)
  const answer = await text(socket)
  const [head = '', body = ''] = answer.split('\r\n\r\n', 2)
  return [Number(head.split(' ')[1]), body]
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}

async function stop(server: Server): Promise<void> {
  server.closeAllConnections()
  await once(server.close(), 'close')
}

test('probes answer like those of Kubernetes', async () => {
  let failure: string | undefined = 'the initial lists are not complete'
  const readyz = { sync: () => failure, shutdown: () => undefined }
  const server = await startHealthServer(LOOPBACK, { ...WELL, readyz })
  try {
    assert.deepEqual(await ask(server, '/livez'), [200, 'ok'])
    assert.deepEqual(await ask(server, '/healthz?verbose'), [200, '[+]ping ok\nhealthz check passed\n'])
    assert.deepEqual(await ask(server, '/readyz'), [
      503,
      '[-]sync failed: the initial lists are not complete\n[+]shutdown ok\nreadyz check failed\n',
    ])
    failure = undefined
    assert.deepEqual(await ask(server, '/readyz?verbose=true'), [
      200,
      '[+]sync ok\n[+]shutdown ok\nreadyz check passed\n',
    ])
  } finally {
    await stop(server)
  }
})

test('a probe always shows the failures that it tolerates', async () => {
  const readyz = { one: () => undefined, two: () => ({ tolerated: 'pods are refused' }) }
  const server = await startHealthServer(LOOPBACK, { ...WELL, readyz })
  try {
    const body = '[+]one ok\n[-]two failed: pods are refused\nreadyz check passed\n'
    assert.deepEqual(await ask(server, '/readyz'), [200, body])
  } finally {
    await stop(server)
  }
})

test('every other path is not found, whatever the request', async () => {
  const servers = [await startHealthServer(LOOPBACK, WELL), await startMetricsServer(LOOPBACK, METRICS)]
  try {
    for (const target of ['/', '//', '*', '/constructor', '/__proto__', '/livez/', '/metrics/x', '/%00', 'http://[/']) {
      for (const server of servers) assert.deepEqual(await ask(server, target), [404, 'not found\n'], target)
    }
  } finally {
    for (const server of servers) await stop(server)
  }
})

test('metrics have the format of Prometheus, and a failed scrape is an error for Prometheus only', async () => {
  let scrape = METRICS.scrape
  const server = await startMetricsServer(LOOPBACK, { ...METRICS, scrape: () => scrape() })
  try {
    const response = await fetch(`http://127.0.0.1:${portOf(server)}/metrics?name=up`)
    assert.deepEqual([response.headers.get('content-type'), await response.text()], [METRICS.contentType, 'up 1\n'])
    scrape = () => Promise.reject(new Error('a gauge cannot be read'))
    assert.deepEqual(await ask(server, '/metrics'), [500, 'a gauge cannot be read\n'])
  } finally {
    await stop(server)
  }
})

test('an address in use is an error that names the address and the options', async () => {
  const server = await startHealthServer(LOOPBACK, WELL)
  const port = portOf(server)
  try {
    await assert.rejects(startMetricsServer({ host: '127.0.0.1', port }, METRICS), ({ message, cause }: Error) => {
      assert.equal(message, `could not listen on 127.0.0.1:${port}; see --health-address and --metrics-address`)
      assert.match((cause as Error).message, /address already in use/)
      return true
    })
  } finally {
    await stop(server)
  }
})
