import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { startTerm } from '../../../../controller/kube/lease/term.ts'
import { readNow } from '../../../../controller/kube/now.ts'

/** A term whose `lead` ends as soon as it is told to. */
function willingTerm(renewMilliseconds: number) {
  const epochs: AbortSignal[] = []
  let lost = 0
  const onLost = () => {
    lost += 1
  }
  const lead = async (epoch: AbortSignal) => {
    epochs.push(epoch)
    if (!epoch.aborted) await once(epoch, 'abort')
  }
  const term = startTerm({ lead, onLost, renewMilliseconds, driftMilliseconds: 5_000, sent: readNow() })
  return { term, epoch: epochs[0], lost: () => lost > 0 }
}

test('whoever may write has renewed its lease less than the renew deadline ago, by every clock it has', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: 1_000_000_000 })
  const { term } = willingTerm(60_000)
  const allowed = [term.mayWrite()]
  t.mock.timers.setTime(1_000_004_000)
  allowed.push(term.mayWrite())
  t.mock.timers.setTime(1_000_006_000)
  allowed.push(term.mayWrite())
  t.mock.timers.setTime(999_990_000)
  allowed.push(term.mayWrite())
  term.renewed(readNow())
  allowed.push(term.mayWrite())
  term.renewed({ steady: readNow().steady - 60_000, wall: Date.now() - 60_000 })
  allowed.push(term.mayWrite())
  assert.deepEqual(allowed, [true, true, false, false, true, false])
  await term.end(true)
})

test('a process that was stopped may not write when it goes on, before any of its timers has fired', async () => {
  const { term, epoch } = willingTerm(50)
  assert.equal(term.mayWrite(), true)
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60)
  assert.deepEqual({ mayWrite: term.mayWrite(), isTold: epoch?.aborted }, { mayWrite: false, isTold: false })
  await term.end(true)
})

test('an epoch ends by itself when the lease was not renewed in time', async () => {
  const { term, epoch } = willingTerm(50)
  assert.ok(epoch)
  await once(epoch, 'abort')
  assert.equal(term.mayWrite(), false)
  term.renewed(readNow())
  assert.equal(term.mayWrite(), false)
  assert.equal(await term.end(true), true)
})

test('what is under way may still write when the process is to end, not when the lease is lost', async () => {
  const ending = willingTerm(60_000)
  assert.equal(await ending.term.end(false), true)
  const lost = willingTerm(60_000)
  assert.equal(await lost.term.end(true), true)
  const both = [ending, lost].map((each) => ({ mayWrite: each.term.mayWrite(), isTold: each.lost() }))
  assert.deepEqual(both, [
    { mayWrite: true, isTold: false },
    { mayWrite: false, isTold: true },
  ])
})

test('a leader that does not end within ten seconds is stuck', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const lead = () => new Promise<void>(() => {})
  const term = startTerm({
    lead,
    onLost: () => undefined,
    renewMilliseconds: 60_000,
    driftMilliseconds: 5_000,
    sent: readNow(),
  })
  const ended = term.end(true)
  t.mock.timers.tick(9_999)
  assert.equal(await Promise.race([ended, Promise.resolve('waits')]), 'waits')
  t.mock.timers.tick(1)
  assert.equal(await ended, false)
})
