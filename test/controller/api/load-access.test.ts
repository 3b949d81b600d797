import assert from 'node:assert/strict'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { AccessError } from '../../../controller/api/access-error.ts'
import { loadAccess } from '../../../controller/api/load-access.ts'

let folder: string
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'access-'))
})
after(() => rm(folder, { recursive: true }))

const server = 'https://127.0.0.1:6443'
const HOME = { env: {}, homeFolder: '/nowhere' }

async function kubeconfig(name: string, user: object): Promise<string> {
  const path = join(folder, name)
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server, 'insecure-skip-tls-verify': true } }],
    users: [{ name, user }],
    contexts: [{ name, context: { cluster: name, user: name, namespace: 'ci' } }],
    'current-context': name,
  }
  await writeFile(path, JSON.stringify(config))
  return path
}

test('a kubeconfig says where the API server is and who we are', async () => {
  const access = await loadAccess({ ...HOME, kubeconfig: await kubeconfig('token', { token: 'secret' }) })
  assert.deepEqual([access.server.href, access.namespace], [`${server}/`, 'ci'])
  assert.deepEqual((await access.identity()).headers, { authorization: 'Bearer secret' })
})

test('a credential plugin is run, and again when its credential is refused', async () => {
  const plugin = join(folder, 'plugin')
  const credential = `{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"'$n'"}}`
  await writeFile(
    plugin,
    `#!/bin/sh\necho x >> ${folder}/runs\nn=$(wc -l < ${folder}/runs | tr -d ' ')\necho '${credential}'\n`,
  )
  await chmod(plugin, 0o755)
  const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: plugin, interactiveMode: 'Never' }
  const access = await loadAccess({ ...HOME, kubeconfig: await kubeconfig('exec', { exec }) })
  const first = await access.identity()
  assert.equal(await access.identity(), first)
  access.forget(first)
  assert.notDeepEqual((await access.identity()).headers, first.headers)
})

test('several files of KUBECONFIG are one, and --context chooses', async () => {
  const files = [await kubeconfig('a', { token: 'a' }), join(folder, 'missing'), await kubeconfig('b', { token: 'b' })]
  const env = { KUBECONFIG: files.join(':') }
  const [current, other] = await Promise.all([loadAccess({ ...HOME, env }), loadAccess({ ...HOME, env, context: 'b' })])
  const headers = [(await current.identity()).headers, (await other.identity()).headers]
  assert.deepEqual(headers, [{ authorization: 'Bearer a' }, { authorization: 'Bearer b' }])
})

test('a Pod finds its cluster, and its token when that is replaced', async () => {
  const serviceAccountFolder = join(folder, 'serviceaccount')
  await mkdir(serviceAccountFolder)
  const write = (name: string, text: string) => writeFile(join(serviceAccountFolder, name), text)
  await Promise.all([write('token', 'one\n'), write('ca.crt', 'CA'), write('namespace', 'builders\n')])
  const env = { KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '443' }
  const access = await loadAccess({ ...HOME, env, serviceAccountFolder })
  assert.deepEqual([access.server.href, access.namespace], ['https://[fd00::1]/', 'builders'])
  const identity = await access.identity()
  assert.deepEqual(identity, { tls: { ca: 'CA' }, headers: { authorization: 'Bearer one' } })
  await write('token', 'two')
  access.forget(identity)
  assert.deepEqual((await access.identity()).headers, { authorization: 'Bearer two' })
})

const mistakes = {
  'no cluster at all': [{}, /^must know a cluster: pass --kubeconfig FILE, set KUBECONFIG or run in a Pod/],
  'a file that is not there': [{ kubeconfig: '/nowhere/config' }, /\/nowhere\/config/],
} as const

for (const [name, [whereabouts, message]] of Object.entries(mistakes)) {
  test(`one line says what is wrong with ${name}`, async () => {
    await assert.rejects(loadAccess({ ...HOME, ...whereabouts }), (error) => {
      assert.ok(error instanceof AccessError)
      assert.match(error.message, message)
      assert.doesNotMatch(error.message, /\n/)
      return true
    })
  })
}

test('one line says which contexts there are', async () => {
  const loading = loadAccess({ ...HOME, kubeconfig: await kubeconfig('only', {}), context: 'other' })
  await assert.rejects(
    loading,
    (error) => error instanceof AccessError && /must be one of "only" in .*, got "other"$/.test(error.message),
  )
})
