import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import type { Access } from '../../../../controller/kube/api/access.ts'
import { type ApiClient, createApiClient } from '../../../../controller/kube/api/api-client.ts'
import { loadAccess } from '../../../../controller/kube/api/load-access.ts'
import { needs } from '../../../harness/servers/binaries.ts'
import { type Cluster, startCluster } from '../../../harness/servers/cluster.ts'

interface ConfigMap {
  readonly metadata: { readonly name: string; readonly uid: string; readonly resourceVersion: string }
  readonly data?: Readonly<Record<string, string>>
}
interface ConfigMapList {
  readonly metadata: { readonly resourceVersion: string; readonly continue?: string }
  readonly items: readonly ConfigMap[]
}

const PATH = '/api/v1/namespaces/default/configmaps'

const tests: Readonly<Record<string, (client: ApiClient, cluster: Cluster) => Promise<void>>> = {
  'merges a patch, and refuses one of an older version': async (client) => {
    const { metadata } = await create(client, 'patched')
    const body = { metadata: { resourceVersion: metadata.resourceVersion }, data: { a: null, c: '3' } }
    const call = { method: 'PATCH', path: `${PATH}/patched`, body } as const
    assert.deepEqual(((await client.request(call)) as ConfigMap).data, { b: '2', c: '3' })
    const conflict = { name: 'ApiError', code: 409, reason: 'Conflict', isStatus: true }
    await assert.rejects(client.request(call), conflict)
  },

  'deletes what has the uid, and nothing else': async (client) => {
    const { metadata } = await create(client, 'deleted')
    const path = `${PATH}/deleted`
    const deletion = (uid: string) => client.request({ method: 'DELETE', path, body: { preconditions: { uid } } })
    await assert.rejects(deletion('another'), { name: 'ApiError', code: 409, reason: 'Conflict', isStatus: true })
    assert.deepEqual((await read(client, 'deleted')).metadata.uid, metadata.uid)
    await deletion(metadata.uid)
    const details = { name: 'deleted', kind: 'configmaps' }
    await assert.rejects(read(client, 'deleted'), { code: 404, reason: 'NotFound', isStatus: true, details })
  },

  'of a kind that the server does not know is not the answer that an object is gone': async (client) => {
    const path = '/apis/unknown.test/v1/namespaces/default/things/a'
    await assert.rejects(client.request({ method: 'GET', path }), { code: 404, isStatus: false, reason: undefined })
  },

  'lists page by page': async (client) => {
    for (const name of ['page-1', 'page-2', 'page-3']) await create(client, name)
    const names: string[] = []
    let token = ''
    do {
      const path = `${PATH}?limit=1&continue=${encodeURIComponent(token)}`
      const { metadata, items } = (await client.request({ method: 'GET', path })) as ConfigMapList
      names.push(...items.map(({ metadata: { name } }) => name))
      token = metadata.continue ?? ''
    } while (token)
    assert.deepEqual(
      names.filter((name) => name.startsWith('page-')),
      ['page-1', 'page-2', 'page-3'],
    )
  },

  watches: async (client) => {
    const { metadata } = (await client.request({ method: 'GET', path: PATH })) as ConfigMapList
    const abortController = new AbortController()
    const path = `${PATH}?watch=true&resourceVersion=${metadata.resourceVersion}`
    const watch = await client.openWatch(path, abortController.signal)
    await create(client, 'watched')
    const [line = ''] = (await watch.map(String).take(1).toArray()) as readonly string[]
    const { type, object } = JSON.parse(line)
    assert.deepEqual([type, object.metadata.name], ['ADDED', 'watched'])
  },

  'with a token that the server does not know is refused': async (_client, cluster) => {
    const access = await accessTo(cluster)
    const stranger = {
      ...access,
      identity: async () => ({ tls: { rejectUnauthorized: false }, headers: { authorization: 'Bearer x' } }),
    }
    const strange = createApiClient(stranger, { userAgent: 'test/1' })
    const unauthorized = { name: 'ApiError', code: 401, reason: 'Unauthorized', isStatus: true }
    await assert.rejects(strange.request({ method: 'GET', path: PATH }), unauthorized)
    strange.close()
  },
}

suite('a call to a real API server', { skip: needs('etcd', 'kube-apiserver') }, () => {
  let cluster: Cluster
  let client: ApiClient
  before(async () => {
    cluster = await startCluster()
    client = createApiClient(await accessTo(cluster), { userAgent: 'test/1' })
  })
  after(async () => {
    client?.close()
    await cluster?.stop()
  })
  for (const [name, run] of Object.entries(tests)) test(name, () => run(client, cluster))
})

function accessTo({ kubeconfig }: Cluster): Promise<Access> {
  return loadAccess({ kubeconfig, env: {}, homeFolder: '/nowhere' })
}

async function create(client: ApiClient, name: string): Promise<ConfigMap> {
  const body = { metadata: { name }, data: { a: '1', b: '2' } }
  return (await client.request({ method: 'POST', path: PATH, body })) as ConfigMap
}

async function read(client: ApiClient, name: string): Promise<ConfigMap> {
  return (await client.request({ method: 'GET', path: `${PATH}/${name}` })) as ConfigMap
}
