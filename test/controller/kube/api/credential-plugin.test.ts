import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { ApiClient } from '../../../../controller/kube/api/api-client.ts'
import { clientFor, writeKubeconfig, writePlugin } from './kubeconfig-stage.ts'
import { json, type LocalServer, startLocalServer, takes } from './local-server.ts'
import { until } from './until.ts'

const GET = { method: 'GET', path: '/' } as const
const API_VERSION = 'client.authentication.k8s.io/v1'

/** Counts its runs in the file `runs` beside it, and gives token-1, token-2, … */
const PLUGIN = `
const { appendFileSync, readFileSync } = require('node:fs')
const { env, argv } = require('node:process')
appendFileSync(__dirname + '/runs', JSON.stringify([env.CLUSTER, env.KUBERNETES_EXEC_INFO, ...argv.slice(2)]) + '\\n')
const token = 'token-' + readFileSync(__dirname + '/runs', 'utf8').trim().split('\\n').length
console.log(JSON.stringify({ apiVersion: '${API_VERSION}', kind: 'ExecCredential', status: { token } }))`

interface Stage {
  readonly client: ApiClient
  readonly server: LocalServer
  readonly runs: () => Promise<readonly unknown[]>
}

async function setStage(t: TestContext, program: string): Promise<Stage> {
  const server = await startLocalServer(json({}))
  t.after(server.stop)
  const exec = {
    apiVersion: API_VERSION,
    command: './plugin',
    args: ['get-token'],
    env: [{ name: 'CLUSTER', value: 'c' }],
  }
  const kubeconfig = await writeKubeconfig(t, { cluster: { server: server.url.href }, user: { exec } })
  await writePlugin(dirname(kubeconfig), program)
  const runs = async () => {
    const lines = (await readFile(join(dirname(kubeconfig), 'runs'), 'utf8')).trim().split('\n')
    return lines.map((line) => JSON.parse(line))
  }
  return { client: await clientFor(t, { kubeconfig }), server, runs }
}

test('a credential plugin is run once for calls that begin together, and those that follow', async (t) => {
  const { client, server, runs } = await setStage(t, PLUGIN)
  await Promise.all([1, 2, 3, 4].map(() => client.request(GET)))
  await client.request(GET)
  const info = `{"apiVersion":"${API_VERSION}","kind":"ExecCredential","spec":{"interactive":false}}`
  assert.deepEqual(await runs(), [['c', info, 'get-token']])
  assert.deepEqual(tokensOf(server), Array(5).fill('Bearer token-1'))
})

test('a credential plugin is not run again only because a minute has passed', async (t) => {
  const { client, runs } = await setStage(t, PLUGIN)
  await client.request(GET)
  const now = performance.now.bind(performance)
  t.mock.method(performance, 'now', () => now() + 60_000)
  await client.request(GET)
  assert.equal((await runs()).length, 1)
})

test('a credential plugin is run again once its token is refused, however many calls were', async (t) => {
  const { client, server, runs } = await setStage(t, PLUGIN)
  server.answer = takes('token-2')
  await Promise.all([1, 2, 3, 4].map(() => client.request(GET)))
  assert.equal((await runs()).length, 2)
  assert.deepEqual(tokensOf(server).toSorted(), [
    ...Array(4).fill('Bearer token-1'),
    ...Array(4).fill('Bearer token-2'),
  ])
})

test('a credential plugin is not run again for a call that was refused long ago, nor a minute later', async (t) => {
  const { client, server, runs } = await setStage(t, PLUGIN)
  let isLate = false
  server.answer = (response, request) => {
    if (request.path === '/slow') void until(() => isLate).then(() => takes('token-2')(response, request))
    else takes('token-2')(response, request)
  }
  const slow = client.request({ method: 'GET', path: '/slow' })
  await until(() => server.requests.length === 1)
  await client.request(GET)
  isLate = true
  await slow
  const now = performance.now.bind(performance)
  t.mock.method(performance, 'now', () => now() + 60_000)
  await client.request(GET)
  assert.equal((await runs()).length, 2)
})

test('what a credential plugin complains of is why a call fails', async (t) => {
  const { client, server } = await setStage(t, 'console.error("log in first: cloud login"); process.exit(1)')
  await assert.rejects(client.request(GET), { name: 'ConnectionError', message: 'GET /: log in first: cloud login' })
  assert.equal(server.requests.length, 0)
})

test('a credential plugin that hangs ends no call later than its deadline', async (t) => {
  const { client } = await setStage(t, 'setTimeout(() => undefined, 500)')
  await assert.rejects(client.request({ ...GET, deadlineMilliseconds: 100 }), { failure: 'deadline' })
})

function tokensOf(server: LocalServer): readonly unknown[] {
  return server.requests.map(({ headers }) => headers.authorization)
}
