import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, suite, test } from 'node:test'
import { createEventRecorder, type EventRecorder } from '../../../controller/events/event-recorder.ts'
import type { RecordedEvent, Regarding } from '../../../controller/events/event-writer.ts'
import { type ApiClient, createApiClient } from '../../../controller/kube/api/api-client.ts'
import { loadAccess } from '../../../controller/kube/api/load-access.ts'
import { needs } from '../../harness/servers/binaries.ts'
import { type Cluster, startCluster } from '../../harness/servers/cluster.ts'
import { silence } from '../kube/api/local-server.ts'
import { setStage } from '../kube/api/stage.ts'

const MOVED = { type: 'Normal', reason: 'EndpointMoved', note: 'to tcp://10.0.0.2:1234', action: 'Report' } as const

interface Scene {
  readonly cluster: Cluster
  readonly recorder: EventRecorder
  readonly errors: readonly unknown[]
  /** An object of this test's own. */
  readonly regarding: Regarding
}

const tests: Readonly<Record<string, (scene: Scene) => Promise<void>>> = {
  'has all that the API asks for, and times of six digits': async (scene) => {
    const [event] = await written(scene, { ...MOVED, regarding: scene.regarding })
    const { metadata, eventTime, regarding, ...others } = event
    assert.match(metadata.name, /^builder\.[0-9a-f]{19}$/)
    assert.match(eventTime, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/)
    assert.deepEqual(regarding, scene.regarding)
    const { type, reason, note, action, reportingController, reportingInstance } = others
    assert.deepEqual({ type, reason, note, action }, MOVED)
    assert.deepEqual([reportingController, reportingInstance], ['buildkit-controller', 'replica-1'])
  },

  'is what kubectl describe and kubectl get events show': async ({ cluster, recorder, regarding }) => {
    const { body } = await cluster.request('POST', `/api/v1/namespaces/${regarding.namespace}/configmaps`, {
      metadata: { name: regarding.name },
    })
    const event = { ...MOVED, regarding: { ...regarding, uid: body.metadata.uid } }
    recorder.record(event)
    recorder.record(event)
    await recorder.flush()
    const described = await cluster.kubectl(['describe', 'configmap', regarding.name, '-n', regarding.namespace])
    assert.match(
      described.stdout,
      /\n +Normal +EndpointMoved +\S+ \(x2 over .*\) +buildkit-controller +to tcp:\/\/10.0.0.2/,
    )
    const listed = await cluster.kubectl(['get', 'events', '-n', regarding.namespace, '--no-headers'])
    assert.match(listed.stdout, /^\S+ +Normal +EndpointMoved +configmap\/builder +to tcp:\/\/10.0.0.2:1234\n$/)
  },

  'that happens again within ten minutes is a series': async (scene) => {
    const event = { ...MOVED, regarding: scene.regarding }
    const [first, ...others] = await written(scene, event, event, event)
    assert.deepEqual(others, [])
    assert.equal(first.series.count, 3)
    assert.match(first.series.lastObservedTime, /\.\d{6}Z$/)
  },

  'that says something else, or of another object of that name, is one of its own': async (scene) => {
    const { regarding } = scene
    const [a, b] = [MOVED, { ...MOVED, note: 'to tcp://10.0.0.3:1234' }]
    const events = await written(scene, ...[a, b, a].map((event) => ({ ...event, regarding })), {
      ...a,
      regarding: { ...regarding, uid: randomUUID() },
    })
    assert.deepEqual(events.map(({ series }) => series?.count ?? 1).sort(), [1, 1, 2])
  },

  'that the cluster has forgotten is written anew': async (scene) => {
    const event = { ...MOVED, regarding: scene.regarding }
    const [first] = await written(scene, event)
    await scene.cluster.request('DELETE', `${eventsOf(scene.regarding)}/${first.metadata.name}`)
    const [second, ...others] = await written(scene, event)
    assert.deepEqual([second.note, second.series, others], [MOVED.note, undefined, []])
  },

  'that could not be written is not taken for written': async ({ cluster, recorder, errors, regarding }) => {
    const namespace = `later-${randomUUID().slice(0, 8)}`
    const event = { ...MOVED, regarding: { ...regarding, namespace } }
    recorder.record(event)
    await recorder.flush()
    assert.match(String(errors), /namespaces "later-\w+" not found/)
    await cluster.request('POST', '/api/v1/namespaces', { metadata: { name: namespace } })
    recorder.record(event)
    await recorder.flush()
    assert.equal((await read(cluster, event.regarding)).length, 1)
  },

  'of a name that is too long to be part of another is written': async (scene) => {
    const name = `${'a'.repeat(229)}-${'b'.repeat(20)}`
    const [{ metadata }] = await written(scene, { ...MOVED, regarding: { ...scene.regarding, name } })
    assert.match(metadata.name, /^a{229}\.[0-9a-f]{19}$/)
  },

  'is cut to a kilobyte, and no character with it': async (scene) => {
    const notes = ['x'.repeat(1024), 'x'.repeat(1025), 'ü'.repeat(700), `x${'👷'.repeat(300)}`]
    const events = await written(scene, ...notes.map((note) => ({ ...MOVED, note, regarding: scene.regarding })))
    const cut = ['x'.repeat(1024), `${'x'.repeat(1021)}…`, `${'ü'.repeat(510)}…`, `x${'👷'.repeat(255)}…`]
    assert.deepEqual(events.map(({ note }) => note).sort(), cut.sort())
  },

  'is dropped where one object has too many, while others have theirs': async (scene) => {
    const { regarding } = scene
    const flood = Array.from({ length: 40 }, (_, at) => ({ ...MOVED, note: `number ${at}`, regarding }))
    const other = { ...MOVED, regarding: { ...regarding, uid: randomUUID() } }
    const events = await written(scene, ...flood, other)
    assert.equal(events.filter(({ note }) => note.startsWith('number')).length, 25)
    assert.equal(events.length, 26)
  },
}

// biome-ignore lint/suspicious/noExplicitAny: as the API server sends it
type EventObject = any

async function written({ cluster, recorder, errors, regarding }: Scene, ...events: readonly RecordedEvent[]) {
  for (const event of events) recorder.record(event)
  await recorder.flush()
  assert.deepEqual(errors, [])
  return read(cluster, regarding)
}

async function read({ request }: Cluster, regarding: Regarding): Promise<readonly EventObject[]> {
  return (await request('GET', eventsOf(regarding))).body.items
}

function eventsOf({ namespace }: Regarding): string {
  return `/apis/events.k8s.io/v1/namespaces/${namespace}/events`
}

suite('an Event', { skip: needs('etcd', 'kube-apiserver', 'kubectl') }, () => {
  let cluster: Cluster
  let client: ApiClient
  before(async () => {
    cluster = await startCluster()
    const access = await loadAccess({ kubeconfig: cluster.kubeconfig, env: {}, homeFolder: '/nowhere' })
    client = createApiClient(access, { userAgent: 'test/1' })
  })
  after(async () => {
    client?.close()
    await cluster?.stop()
  })
  for (const [name, run] of Object.entries(tests)) {
    test(name, async () => {
      const namespace = `test-${randomUUID().slice(0, 8)}`
      await cluster.request('POST', '/api/v1/namespaces', { metadata: { name: namespace } })
      const errors: unknown[] = []
      const onError = (error: unknown) => errors.push(error)
      const recorder = createEventRecorder({ client, instance: 'replica-1', onError })
      const regarding = { apiVersion: 'v1', kind: 'ConfigMap', namespace, name: 'builder', uid: randomUUID() }
      await run({ cluster, recorder, errors, regarding })
    })
  }
})

test('Events are given up where the process must end and nobody answers', async (t) => {
  const { client, server } = await setStage(t, { answer: silence })
  const errors: unknown[] = []
  const onError = (error: unknown) => errors.push(error)
  const recorder = createEventRecorder({ client, instance: 'replica-1', onError, flushMilliseconds: 200 })
  const regarding = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'ci', name: 'builder', uid: 'a' }
  for (const note of ['first', 'second', 'third']) recorder.record({ ...MOVED, note, regarding })
  const start = performance.now()
  await recorder.flush()
  assert.ok(performance.now() - start < 3_000)
  assert.deepEqual([server.requests.length, errors], [1, []])
})
