import assert from 'node:assert/strict'
import { setTimeout } from 'node:timers/promises'
import { pass, refuse } from './candidacy.ts'
import { type Scenario, SLACK_MILLISECONDS, until } from './election.ts'

/** What becomes of candidates for one Lease when people touch it. */
export const handScenarios: Readonly<Record<string, Scenario>> = {
  'keep their leader when the Lease is deleted': async ({ stand, leaderAmong, remove, holder, timings }) => {
    const candidates = ['a', 'b'].map(stand)
    const leader = await leaderAmong(candidates)
    await until(() => candidates.every(({ holders }) => holders.at(-1) === leader.identity))
    await remove()
    await holder(leader.identity)
    await setTimeout(timings.lease)
    assert.deepEqual([leader.mayWrite(), leader.epochs()], [true, 1])
  },

  'wait for the end of a leader that is cut off when the Lease is deleted': async (election) => {
    const { stand, leaderAmong, remove, timings } = election
    const candidates = ['a', 'b'].map(stand)
    const leader = await leaderAmong(candidates)
    const others = candidates.filter((candidate) => candidate !== leader)
    await until(() => others.every(({ holders }) => holders.at(-1) === leader.identity))
    leader.intercept(refuse)
    const start = performance.now()
    await remove()
    await leaderAmong(others)
    const tookOver = performance.now() - start
    assert.ok(tookOver > timings.renew && tookOver < timings.lease + timings.retry + SLACK_MILLISECONDS)
    leader.intercept(pass)
  },

  'keep their leader when its name is taken out of the Lease': async ({
    stand,
    leaderAmong,
    edit,
    holder,
    timings,
  }) => {
    const candidates = ['a', 'b'].map(stand)
    const leader = await leaderAmong(candidates)
    await until(() => candidates.every(({ holders }) => holders.at(-1) === leader.identity))
    // With a second, which is ours in these tests, it would look as if it had been given back.
    await edit({ spec: { holderIdentity: '', leaseDurationSeconds: 15 } })
    await holder(leader.identity)
    await setTimeout(timings.retry * 3)
    assert.deepEqual([leader.mayWrite(), leader.epochs()], [true, 1])
  },

  'have no leader until a name that somebody wrote into the Lease has run out': async (election) => {
    const { stand, leaderAmong, edit, timings } = election
    const candidates = ['a', 'b'].map(stand)
    const leader = await leaderAmong(candidates)
    await edit({ spec: { holderIdentity: 'stranger' } })
    const start = performance.now()
    await until(() => !leader.isLeading())
    const gaveUp = performance.now() - start
    await leaderAmong(candidates)
    const tookOver = performance.now() - start
    assert.ok(gaveUp < timings.retry + SLACK_MILLISECONDS)
    assert.ok(tookOver > timings.lease && tookOver < timings.lease + timings.retry * 2 + SLACK_MILLISECONDS)
  },

  'keep what others have written on the Lease': async ({ stand, leaderAmong, edit, read }) => {
    const leader = stand('a')
    await leaderAmong([leader])
    const metadata = { labels: { team: 'ci' }, annotations: { note: 'do not touch' } }
    await edit({ metadata })
    const known = leader.calls.length
    await until(() => leader.calls.length > known + 3)
    assert.equal(leader.epochs(), 1)
    await leader.stop()
    const { labels, annotations } = (await read()).metadata
    assert.deepEqual({ labels, annotations }, metadata)
  },

  'write what kubectl reads': async ({ stand, leaderAmong, readWithKubectl }) => {
    const leader = stand('node-1_5c7d')
    await leaderAmong([leader])
    const held = (await readWithKubectl()).spec
    assert.match(held.acquireTime, MICRO_TIME)
    assert.match(held.renewTime, MICRO_TIME)
    const { acquireTime, renewTime: _, ...rest } = held
    assert.deepEqual(rest, { holderIdentity: 'node-1_5c7d', leaseDurationSeconds: 1, leaseTransitions: 0 })
    await leader.stop()
    const { spec } = await readWithKubectl()
    assert.deepEqual([spec.holderIdentity, spec.leaseDurationSeconds], ['', 1])
    assert.ok(spec.acquireTime > acquireTime)
  },
}

const MICRO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/
