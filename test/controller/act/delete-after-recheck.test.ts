import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deleteAfterRecheck } from '../../../controller/act/delete-after-recheck.ts'
import type { Cluster } from '../../../controller/cluster.ts'
import { NotSentError } from '../../../controller/kube/api/api-error.ts'
import type { Buildkit, Observation } from '../../../controller/observation.ts'
import type { Pod } from '../../../controller/pod.ts'
import { ago, buildkit, FIRST, HOUR, NOW, observation, pendingPod, pod, SECOND } from '../decide-cases/builder.ts'
import { waitingStatus } from '../decide-cases/status.ts'
import { starting } from '../decide-cases/troubles.ts'

const old = pod(FIRST, { created: ago(2 * HOUR) })
const follower = pendingPod(SECOND, { mustFollow: true, created: ago(60) })
const named = buildkit(SECOND, waitingStatus(starting(SECOND), { podName: SECOND, since: 60, endpoint: FIRST }))

interface Live {
  readonly buildkits?: readonly Buildkit[]
  readonly pods?: readonly Pod[]
  /** What the caches know. */
  readonly known?: Observation
  readonly isStillDue?: () => boolean
}

const seen = observation([old, follower], { buildkit: named })

/** The outcome for the old Pod, and which Pods were deleted, if the API server has this. */
async function outcomeIn({ buildkits = [named], pods = [old, follower], known = seen, isStillDue = () => true }: Live) {
  const deleted: string[] = []
  const cluster: Cluster = {
    readBuildkits: async () => buildkits,
    listPods: async () => pods,
    patchStatus: async (patched) => patched,
    clearEndpoint: async (patched) => patched,
    deletePod: async ({ name }, isDue) => {
      if (!isDue()) throw new NotSentError('not due')
      deleted.push(name)
    },
  }
  const garbage = { pod: old, reason: 'superseded', due: NOW, follower: SECOND } as const
  return { outcome: await deleteAfterRecheck(garbage, { observation: known, isStillDue }, cluster), deleted }
}

test('a superseded Pod is deleted if the live successor exists and can only follow', async () => {
  assert.deepEqual(await outcomeIn({}), { outcome: 'deleted', deleted: [FIRST] })
})

for (const [name, clock] of Object.entries({ 'steady clock': performance, 'clock of the machine': Date }))
  test(`it stays if the live state was read more than five seconds ago by the ${name}`, async (t) => {
    const later = (milliseconds: number) => () => {
      const now = clock.now.bind(clock)
      t.mock.method(clock, 'now', () => now() + milliseconds)
      return true
    }
    assert.deepEqual(await outcomeIn({ isStillDue: later(4000) }), { outcome: 'deleted', deleted: [FIRST] })
    assert.deepEqual(await outcomeIn({ isStillDue: later(6000) }), { outcome: 'changed', deleted: [] })
  })

const { mustFollow: _, ...overlapping } = follower
const CHANGED: Readonly<Record<string, Live>> = {
  'the live successor does not exist': { pods: [old] },
  'the live successor is being deleted': { pods: [old, { ...follower, deletionDeadline: ago(-900) }] },
  'the live successor has ended': { pods: [old, { ...follower, finished: ago(1), wasDisrupted: true }] },
  'the live successor has lost its annotation': { pods: [old, overlapping] },
  'the live Buildkit names the old Pod again': { buildkits: [{ ...named, podNames: [FIRST] }] },
  'the live Buildkit names a third Pod': { buildkits: [{ ...named, podNames: ['b-tttttttttt'] }] },
  'the live Buildkit is not rendered any more': { buildkits: [{ ...named, podNames: [] }] },
  'the live Buildkit was suspended a moment ago': { buildkits: [{ ...named, suspend: 'true' }] },
  'two live Buildkits share the label': { buildkits: [named, { ...named, name: 'c', uid: 'c' }] },
  'another Buildkit names the successor': { known: { ...seen, rivals: ['c'] } },
  'the caches have changed meanwhile': { isStillDue: () => false },
}

for (const [name, live] of Object.entries(CHANGED))
  test(`it stays if ${name}`, async () => {
    assert.deepEqual(await outcomeIn(live), { outcome: 'changed', deleted: [] })
  })
