import assert from 'node:assert/strict'
import { hang, type Interception, pass, refuse } from './candidacy.ts'
import { type Scenario, SLACK_MILLISECONDS, until } from './election.ts'

/** What becomes of the Lease when a process stops. */
export const stoppingScenarios: Readonly<Record<string, Scenario>> = {
  'give the Lease back although somebody changes it at that moment': async ({ stand, leaderAmong, edit, read }) => {
    const leader = stand('a')
    await leaderAmong([leader])
    let edits = 0
    leader.intercept(async ({ method, body }, send) => {
      if (method === 'PUT' && holderIn(body) === '' && edits < 2) {
        edits += 1
        await edit({ metadata: { annotations: { edits: `${edits}` } } })
      }
      return send()
    })
    assert.equal(await leader.stop(), 'released')
    assert.deepEqual([edits, (await read()).spec.holderIdentity, leader.errors], [2, '', []])
  },

  'give back a Lease that they hold without having heard of it': async ({ stand, read }) => {
    const candidate = stand('a')
    let isCreated = false
    candidate.intercept(async ({ method, signal }, send) => {
      const answer = await send()
      if (method !== 'POST') return answer
      isCreated = true
      return hang({ method, path: '', ...(signal && { signal }) }, send)
    })
    await until(() => isCreated)
    assert.equal(candidate.mayWrite(), false)
    assert.equal(await candidate.stop(), 'released')
    assert.deepEqual([(await read()).spec.holderIdentity, candidate.epochs()], ['', 0])
  },

  'leave the Lease of another alone': async ({ stand, leaderAmong, read }) => {
    const leader = stand('a')
    await leaderAmong([leader])
    const standby = stand('b')
    await until(() => standby.holders.length > 0)
    assert.equal(await standby.stop(), 'released')
    assert.equal((await read()).spec.holderIdentity, 'a')
    assert.ok(standby.calls.every((call) => call.startsWith('GET ')))
  },

  'stop at once when a request hangs': async ({ stand, leaderAmong }) => {
    const leader = stand('a')
    await leaderAmong([leader])
    let hangs = false
    const once: Interception = (call, send) => {
      if (hangs) return send()
      hangs = true
      return hang(call, send)
    }
    leader.intercept(once)
    await until(() => hangs)
    const start = performance.now()
    assert.equal(await leader.stop(), 'released')
    assert.ok(performance.now() - start < SLACK_MILLISECONDS)
    assert.deepEqual(leader.errors, [])
  },

  'stop when the API server cannot be reached, and say so': async ({ stand, leaderAmong }) => {
    const leader = stand('a')
    await leaderAmong([leader])
    leader.intercept(refuse)
    await until(() => leader.errors.length > 0)
    assert.equal(await leader.stop(), 'released')
    assert.ok(leader.errors.every((error) => String(error) === 'Error: connection refused'))
    leader.intercept(pass)
  },
}

function holderIn(body: unknown): unknown {
  return (body as { readonly spec: { readonly holderIdentity?: string } }).spec.holderIdentity
}
