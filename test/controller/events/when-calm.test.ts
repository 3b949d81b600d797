import assert from 'node:assert/strict'
import { test } from 'node:test'
import { whenCalm } from '../../../controller/events/event-recorder.ts'

test('what is asked for again and again is done once it is calm, and after a while in any case', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  let time = 0
  t.mock.method(performance, 'now', () => time)
  const done: number[] = []
  const pass = (milliseconds: number) => {
    for (const end = time + milliseconds; time < end; ) {
      time += 1
      t.mock.timers.tick(1)
    }
  }
  const soon = whenCalm(() => done.push(time), { calmMilliseconds: 100, longestMilliseconds: 250 })
  soon.ask()
  pass(99)
  soon.ask()
  pass(100)
  assert.deepEqual(done, [199])
  for (let times = 0; times < 4; times++) {
    soon.ask()
    pass(80)
  }
  assert.deepEqual(done, [199, 449])
  soon.now()
  pass(500)
  assert.deepEqual(done, [199, 449, 519])
})
