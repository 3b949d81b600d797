import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { createApiClient } from '../../../../controller/kube/api/api-client.ts'
import { listAll } from '../../../../controller/kube/watch/list-all.ts'
import { json, startLocalServer } from '../api/local-server.ts'

const PATH = '/api/v1/pods'
const MEGABYTES_MAX = 30

/** A server with a Pod of each of these sizes, in pages as an API server makes them; what was asked for and sent. */
async function serve(t: TestContext, sizes: readonly number[]) {
  const pages: { readonly limit: number; readonly megabytes: number }[] = []
  const server = await startLocalServer((response, request) => {
    const { searchParams } = new URL(request.path ?? '', 'http://nowhere')
    const [start, limit] = ['continue', 'limit'].map((name) => Number(searchParams.get(name))) as [number, number]
    const items = sizes.slice(start, start + limit).map((size, at) => podOf(`pod-${start + at}`, size))
    const end = start + items.length
    pages.push({ limit, megabytes: JSON.stringify(items).length / 2 ** 20 })
    json({ kind: 'PodList', metadata: { resourceVersion: '7', continue: end < sizes.length ? `${end}` : '' }, items })(
      response,
      request,
    )
  })
  const identity = async () => ({ tls: {}, headers: {} })
  const access = { server: server.url, namespace: undefined, description: '', identity, forget: () => undefined }
  const client = createApiClient(access, { userAgent: 'test/1' })
  t.after(async () => {
    client.close()
    await server.stop()
  })
  return { collection: { client, path: PATH, project: nameOf }, pages }
}

function nameOf(pod: unknown): string {
  return (pod as ReturnType<typeof podOf>).metadata.name
}

function podOf(name: string, size: number) {
  const metadata = { namespace: 'ci', name, uid: name, resourceVersion: '1', annotations: { fill: 'x'.repeat(size) } }
  return { metadata }
}

const names = (count: number) => Array.from({ length: count }, (_, at) => `pod-${at}`)

test('of small objects a page has as many as it may', async (t) => {
  const { collection, pages } = await serve(t, Array(1200).fill(1000))
  const { objects, resourceVersion } = await listAll(collection, { pageMilliseconds: 10_000 })
  assert.deepEqual(
    { names: objects.map((name) => name), resourceVersion },
    { names: names(1200), resourceVersion: '7' },
  )
  assert.deepEqual(
    pages.map(({ limit }) => limit),
    [20, 250, 250, 250, 250, 250],
  )
})

test('of large objects a page has as many as make eight megabytes', async (t) => {
  const { collection, pages } = await serve(t, [...Array(60).fill(1_400_000), ...Array(300).fill(1000)])
  const { objects } = await listAll(collection, { pageMilliseconds: 10_000 })
  assert.deepEqual(
    objects.map((name) => name),
    names(360),
  )
  assert.ok(
    pages.every(({ megabytes }) => megabytes < MEGABYTES_MAX),
    JSON.stringify(pages),
  )
  assert.deepEqual(
    pages.slice(0, 3).map(({ limit }) => limit),
    [20, 5, 5],
  )
})

test('while a long list is read, others have their turn', async (t) => {
  const { collection } = await serve(t, Array(5000).fill(3000))
  let turns = 0
  let isOver = false
  const others = async () => {
    for (; !isOver; turns++) await setImmediate()
  }
  const waiting = others()
  await listAll(collection, { pageMilliseconds: 10_000 })
  isOver = true
  await waiting
  assert.ok(turns > 10, `${turns} turns`)
})
