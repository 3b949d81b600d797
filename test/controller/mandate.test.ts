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
    `what there is in namespace "${pod.namespace}" is being listed`,
  ],
] as const)
  test(`a process ${name} must not write`, async () => {
    const { deletePod, calls, answer } = cluster(allowed)
    const deletion = deletePod(pod)
    answer({})
    await deletion
    assert.throws(() => calls[0]?.guard?.(), { name: 'NotSentError', message })
  })

test('whoever has asked before the mandate was revoked does not go on with the answer', async () => {
  const { listPods, mandate, calls, answer } = cluster({ leads: true, isWhole: true })
  const listed = listPods('ci', 'b')
  mandate.revoke()
  answer({ items: [] })
  await assert.rejects(listed, { name: 'NotSentError', message: 'what was known before is not valid any more' })
  assert.deepEqual([calls[0]?.signal?.aborted, mandate.signal().aborted], [true, false])
})
