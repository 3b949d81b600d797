import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Buildkit } from '../../../controller/observation.ts'
import { witnessBuildkit, witnessPod } from '../../../controller/observe/witness.ts'
import {
  ago,
  at,
  buildkit,
  FIRST,
  failedPod,
  HOUR,
  NOW,
  pendingPod,
  pod,
  SECOND,
  THIRD,
} from '../decide-cases/builder.ts'
import { readyStatus } from '../decide-cases/status.ts'

const running = pod(FIRST, { created: ago(60), seen: ago(59) })

test('a Pod ends when this process sees it, whatever the clock of its node', () => {
  for (const seconds of [700, 10, -500]) {
    const ended = failedPod(FIRST, seconds, { created: ago(60) })
    assert.deepEqual(witnessPod(ended, running, at(NOW)), { ...ended, seen: ago(59), ended: NOW })
  }
})

test('an object that is seen again keeps its times', () => {
  const ended = failedPod(FIRST, 700, { created: ago(60) })
  const before = witnessPod(ended, running, at(NOW))
  assert.deepEqual(witnessPod({ ...ended, resourceVersion: '2' }, before, at(NOW + 5000)), {
    ...before,
    resourceVersion: '2',
  })
})

test('a Pod that had ended before keeps its time, if that is after its creation and not in the future', () => {
  const ended = [30, 700, -500].map((seconds) => {
    return witnessPod(failedPod(FIRST, seconds, { created: ago(60) }), undefined, at(NOW)).ended
  })
  assert.deepEqual(ended, [ago(30), ago(60), NOW])
})

test('another Pod of the same name gets new times', () => {
  const other = pendingPod(FIRST, { uid: 'another' })
  assert.deepEqual(witnessPod(other, running, at(NOW)), { ...other, seen: NOW })
})

test('the present podName has the time at which this process saw it', () => {
  const before = witnessBuildkit(buildkit(FIRST), undefined, at(ago(60)))
  const rolled = witnessBuildkit(buildkit(SECOND), before, at(ago(30)))
  const again = witnessBuildkit(buildkit(SECOND, { observedGeneration: 1 }), rolled, at(NOW))
  assert.deepEqual([before.podNamesSeen, rolled.podNamesSeen, again.podNamesSeen], [ago(60), ago(30), ago(30)])
})

test('former podNames are known, the latest first, without the present one', () => {
  const known = [FIRST, SECOND, FIRST, THIRD].reduce<Buildkit | undefined>((before, podName) => {
    const { formerPodNames: _, ...read } = buildkit(podName)
    return witnessBuildkit(read, before, at(NOW))
  }, undefined)
  assert.deepEqual(known?.formerPodNames, [FIRST, SECOND])
  assert.equal(witnessBuildkit(buildkit(SECOND, {}, { uid: 'another' }), known, at(NOW)).formerPodNames, undefined)
})

test('only the first look takes former Pods from the status', () => {
  const { formerPodNames: _, ...read } = buildkit(SECOND, readyStatus(FIRST, { pods: [FIRST, SECOND] }))
  const first = witnessBuildkit(read, undefined, at(NOW))
  const edited = { ...read, status: readyStatus(SECOND, { pods: [SECOND, THIRD] }) }
  assert.deepEqual(
    [first, witnessBuildkit(edited, first, at(NOW))].map(({ formerPodNames }) => formerPodNames),
    [[FIRST], [FIRST]],
  )
})

test('a restart has the time at which this process saw it, and the first one its written time', () => {
  const crashed = (crashes: number, restarted: number) => pod(FIRST, { crashes, restarted })
  const first = witnessPod(crashed(3, ago(HOUR)), undefined, at(ago(60)))
  const unready = witnessPod({ ...crashed(3, ago(HOUR)), isReady: false }, first, at(ago(30)))
  const again = witnessPod(crashed(4, ago(-HOUR)), unready, at(NOW))
  const heard = witnessPod(crashed(3, ago(HOUR)), witnessPod(pendingPod(FIRST), undefined, at(ago(60))), at(NOW))
  assert.deepEqual(
    [first, unready, again, heard].map(({ restartSeen }) => restartSeen),
    [ago(HOUR), ago(HOUR), NOW, ago(HOUR)],
  )
})

test('the grace period of a Pod ends by when this process saw it begin, whatever the clock of the API server', () => {
  const grace = { graceMilliseconds: 900_000 }
  const deleted = witnessPod(pod(FIRST, { deletionDeadline: ago(-1500), ...grace }), running, at(ago(60)))
  const again = witnessPod(pod(FIRST, { deletionDeadline: ago(-1500), ...grace }), deleted, at(ago(10)))
  const hurried = witnessPod(pod(FIRST, { deletionDeadline: ago(-30), graceMilliseconds: 30_000 }), again, at(NOW))
  const atStart = [-300, -1500].map((deadline) => {
    return witnessPod(pod(FIRST, { deletionDeadline: ago(deadline), ...grace }), undefined, at(NOW))
  })
  assert.deepEqual(
    [deleted, again, hurried, ...atStart].map(({ graceEnds }) => graceEnds),
    [ago(-840), ago(-840), ago(-30), ago(-300), ago(-900)],
  )
})

test('a Pod waits for its node from when this process saw it begin, and at the first look from when it was scheduled', () => {
  const waits = pendingPod(FIRST, { mounting: { needs: 'Secret "x"', since: ago(HOUR) } })
  const first = witnessPod(waits, undefined, at(ago(60)))
  const scheduled = witnessPod(waits, witnessPod(pendingPod(FIRST), undefined, at(ago(60))), at(ago(30)))
  const again = [first, scheduled].map((before) => witnessPod(waits, before, at(NOW)))
  const over = witnessPod(pendingPod(FIRST), first, at(NOW))
  const seen = [first, scheduled, ...again, over].map(({ mountingSeen }) => mountingSeen)
  assert.deepEqual(seen, [ago(HOUR), ago(30), ago(HOUR), ago(30), undefined])
})

test('setting the clock does not change the times that this process has seen', () => {
  const set = { wall: NOW + 3_600_000, steady: NOW }
  assert.deepEqual(witnessPod(failedPod(FIRST, 0), running, set), { ...failedPod(FIRST, 0), seen: ago(59), ended: NOW })
  assert.equal(witnessBuildkit(buildkit(FIRST), undefined, set).podNamesSeen, NOW)
})

test('setting the clock forward does not move the end of a Pod that had ended before into the past', () => {
  const evicted = failedPod(FIRST, 3, { created: ago(60) })
  const seen = [3_600_000, -3_600_000].map((jump) => {
    return witnessPod(evicted, undefined, { wall: NOW + jump, steady: NOW }).ended
  })
  assert.deepEqual(seen, [ago(3), NOW])
})

test('a Pod is published from when this process saw it in the status, while it is there', () => {
  const starting = witnessBuildkit(buildkit(FIRST), undefined, at(ago(90)))
  const published = witnessBuildkit(buildkit(FIRST, readyStatus(FIRST, { since: -500 })), starting, at(ago(60)))
  const again = witnessBuildkit(buildkit(FIRST, readyStatus(FIRST)), published, at(ago(30)))
  const lost = witnessBuildkit(buildkit(FIRST), again, at(ago(20)))
  const rolled = witnessBuildkit(buildkit(SECOND, readyStatus(SECOND)), again, at(NOW))
  const seen = [starting, published, again, lost, rolled].map(({ publishedSeen }) => publishedSeen)
  assert.deepEqual(seen, [undefined, { [FIRST]: ago(60) }, { [FIRST]: ago(60) }, undefined, { [SECOND]: NOW }])
})

test('a podName that was seen before keeps its time; a handover in progress starts again', () => {
  const seen = [100, -500].map((since) => {
    const { podNamesSeen, publishedSeen } = witnessBuildkit(
      buildkit(FIRST, readyStatus(FIRST, { since })),
      undefined,
      at(NOW),
    )
    return [podNamesSeen, publishedSeen]
  })
  assert.deepEqual(seen, [
    [ago(100), { [FIRST]: NOW }],
    [NOW, { [FIRST]: NOW }],
  ])
})
