import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { createEventRecorder } from '../../../controller/events/event-recorder.ts'
import type { RecordedEvent } from '../../../controller/events/event-writer.ts'
import { eventually } from '../../harness/servers/eventually.ts'
import { type Answerer, json } from '../kube/api/local-server.ts'
import { setStage } from '../kube/api/stage.ts'

/** An Event of an object of its own. */
function eventIn(namespace: string, index: number): RecordedEvent {
  const regarding = { apiVersion: 'v1', kind: 'ConfigMap', namespace, name: `b${index}`, uid: `${namespace}-${index}` }
  return { regarding, type: 'Normal', reason: 'EndpointMoved', note: 'somewhere', action: 'Report' }
}

const namespaceOf = (path = '') => path.split('/')[5]

async function setRecorder(t: TestContext, answer: Answerer) {
  const { client, server } = await setStage(t, { answer })
  const onError = () => undefined
  const recorder = createEventRecorder({ client, instance: 'replica-1', onError, flushMilliseconds: 100 })
  return { recorder, written: () => server.requests.map(({ path }) => namespaceOf(path)) }
}

test('a namespace with more Events than there is room for delays and drops none of another', async (t) => {
  const { recorder, written } = await setRecorder(t, json({}, 201))
  for (let index = 0; index < 5000; index++) recorder.record(eventIn('noisy', index))
  for (let index = 0; index < 20; index++) recorder.record(eventIn('quiet', index))
  const quiet = () => written().filter((namespace) => namespace === 'quiet').length
  await eventually(async () => quiet(), 20)
  const noisy = written().length - quiet()
  assert.ok(noisy < 60, `${noisy} of the other came first`)
  await recorder.flush()
})

test('a namespace whose Events are not answered keeps none of another waiting', async (t) => {
  const answer: Answerer = (response, request) => {
    if (namespaceOf(request.path) === 'quiet') json({}, 201)(response, request)
  }
  const { recorder, written } = await setRecorder(t, answer)
  for (let index = 0; index < 100; index++) recorder.record(eventIn('hangs', index))
  for (let index = 0; index < 20; index++) recorder.record(eventIn('quiet', index))
  await eventually(async () => written().filter((namespace) => namespace === 'quiet').length, 20, 3)
  await recorder.flush()
})
