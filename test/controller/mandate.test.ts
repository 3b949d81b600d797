import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createCluster } from '../../controller/cluster.ts'
import type { ApiCall } from '../../controller/kube/api/api-call.ts'
import type { ApiClient } from '../../controller/kube/api/api-client.ts'
import { createHistory } from '../../controller/kube/history.ts'
import { createMandate } from '../../controller/mandate.ts'
import { toPod } from '../../controller/observe/to-pod.ts'
import { podObject } from './observe/pod-object.ts'

/** A cluster whose only request is answered when the test says so. */
function cluster(allowed: { leads: boolean; isWhole: boolean }) {
  const { promise: answer, resolve } = Promise.withResolvers<unknown>()
  const calls: ApiCall[] = []
  const client: ApiClient = {
    request: (call) => {
      calls.push(call)
      return answer
    },
    stream: async function* (call) {
      calls.push(call)
      yield Buffer.from(JSON.stringify(await answer))
    },
    openWatch: () => Promise.reject(new Error('no watches here')),
    lastAnswer: () => 0,
    close: () => undefined,
  }
  const mandate = createMandate({ leads: () => allowed.leads, isWhole: () => allowed.isWhole })
  return { ...createCluster({ client, mandate, history: createHistory() }), mandate, calls, answer: resolve }
}

const pod = toPod(podObject({}))

for (const [name, allowed, message] of [
  ['that does not lead', { leads: false, isWhole: true }, 'lost the lease before writing'],
  [
    'that does not know all there is',
    { leads: true, isWhole: false },
    `namespace "${pod.namespace}" is still being listed`,
  ],
] as const)
  test(`a process ${name} must not write`, async () => {
    const { deletePod, calls, answer } = cluster(allowed)
    const deletion = deletePod(pod, () => true)
    answer({})
    await deletion
    assert.throws(() => calls[0]?.guard?.(), { name: 'NotSentError', message })
  })

test('a deletion that is no longer due is not sent', async () => {
  const { deletePod, calls, answer } = cluster({ leads: true, isWhole: true })
  let isDue = true
  const deletion = deletePod(pod, () => isDue)
  answer({})
  await deletion
  calls[0]?.guard?.()
  isDue = false
  assert.throws(() => calls[0]?.guard?.(), { name: 'NotSentError', message: `Pod "${pod.name}" is needed again` })
})

test('an answer to a request from before a revocation is discarded', async () => {
  const { listPods, mandate, calls, answer } = cluster({ leads: true, isWhole: true })
  const listed = listPods('ci', 'b')
  mandate.revoke()
  answer({ items: [] })
  await assert.rejects(listed, { name: 'NotSentError', message: 'the cached state is no longer valid' })
  assert.deepEqual([calls[0]?.signal?.aborted, mandate.signal().aborted], [true, false])
})
