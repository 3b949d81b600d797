import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { hang, type Interception, pass, refuse } from './candidacy.ts'
import { type Election, type Scenario, SLACK_MILLISECONDS, until } from './election.ts'

/** What becomes of candidates for one Lease when nobody touches it but they. */
export const leadingScenarios: Readonly<Record<string, Scenario>> = {
  'have one leader, which asks for nothing but to renew': async ({ stand, leaderAmong, path }) => {
    const candidates = ['a', 'b', 'c'].map(stand)
    const leader = await leaderAmong(candidates)
    await until(() => candidates.every(({ holders }) => holders.at(-1) === leader.identity))
    const known = candidates.map(({ calls }) => calls.length)
    await until(() => candidates.every(({ calls }, index) => calls.length > Number(known[index]) + 3))
    for (const [index, { identity, calls, epochs }] of candidates.entries()) {
      const isLeader = identity === leader.identity
      const verbs = [...new Set(calls.slice(known[index]))]
      assert.deepEqual([verbs, epochs()], [[`${isLeader ? 'PUT' : 'GET'} ${path}`], Number(isLeader)])
    }
  },

  'have one leader when all create the Lease at once': async ({ stand, leaderAmong, path, read }) => {
    const created: (() => void)[] = []
    const together: Interception = async ({ method }, send) => {
      if (method === 'POST') await new Promise<void>((resolve) => created.push(resolve))
      return send()
    }
    const candidates = ['a', 'b', 'c'].map(stand)
    for (const candidate of candidates) candidate.intercept(together)
    await until(() => created.length === candidates.length)
    for (const candidate of candidates) candidate.intercept(pass)
    for (const send of created) send()
    const leader = await leaderAmong(candidates)
    await until(() => candidates.every(({ holders }) => holders.at(-1) === leader.identity))
    assert.deepEqual(
      candidates.map(({ calls }) => calls.filter((call) => call === `POST ${path.replace(/\/[^/]+$/, '')}`).length),
      [1, 1, 1],
    )
    assert.deepEqual([(await read()).spec.leaseTransitions, candidates.flatMap(({ errors }) => errors)], [0, []])
  },

  'change places within the retry period when the leader stops': async (election, t) => {
    const { stand, leaderAmong, timings, read } = election
    const candidates = ['a', 'b', 'c', 'd'].map(stand)
    const seconds: number[] = []
    for (let rest = candidates; rest.length > 1; ) {
      const leader = await leaderAmong(rest)
      assert.equal(await leader.stop(), 'released')
      rest = rest.filter((candidate) => candidate !== leader)
      seconds.push(await secondsUntil(() => leaderAmong(rest)))
    }
    t.diagnostic(`led ${seconds.join(' s, ')} s after the release, retrying every ${timings.retry / 1000} s`)
    assert.ok(Math.max(...seconds) * 1000 < timings.retry + SLACK_MILLISECONDS)
    assert.equal((await read()).spec.leaseTransitions, 3)
  },

  'have another leader once the lease of one that is cut off has run out': (election, t) => cutOff(election, t, refuse),

  'have another leader once the lease of one that gets no answers has run out': (election, t) =>
    cutOff(election, t, hang),

  'lead again at once after a break that was shorter than the lease': async ({ stand, leaderAmong }) => {
    const candidates = ['a', 'b'].map(stand)
    const leader = await leaderAmong(candidates)
    leader.intercept(refuse)
    await until(() => !leader.isLeading())
    leader.intercept(pass)
    assert.equal(await leaderAmong(candidates), leader)
    assert.equal(leader.epochs(), 2)
  },
}

/** The leader gives up before another begins, and follows when it is back. */
async function cutOff({ stand, leaderAmong, timings }: Election, t: TestContext, fault: Interception): Promise<void> {
  const candidates = ['a', 'b'].map(stand)
  const leader = await leaderAmong(candidates)
  const others = candidates.filter((candidate) => candidate !== leader)
  await until(() => others.every(({ holders }) => holders.at(-1) === leader.identity))
  leader.intercept(fault)
  const start = performance.now()
  await until(() => !leader.mayWrite())
  const gaveUp = performance.now() - start
  const next = await leaderAmong(others)
  const tookOver = performance.now() - start
  await until(() => !leader.isLeading())
  leader.intercept(pass)
  await until(() => leader.holders.at(-1) === next.identity)
  assert.deepEqual([leader.epochs(), leader.mayWrite(), next.epochs(), next.mayWrite()], [1, false, 1, true])
  t.diagnostic(`gave up after ${Math.round(gaveUp)} ms; the other led after ${Math.round(tookOver)} ms`)
  assert.ok(gaveUp < timings.renew + SLACK_MILLISECONDS / 5)
  assert.ok(tookOver < timings.lease + timings.retry * 1.2 + SLACK_MILLISECONDS)
}

async function secondsUntil(happens: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await happens()
  return Number(((performance.now() - start) / 1000).toFixed(2))
}
