import assert from 'node:assert/strict'
import type { Garbage } from '../../../controller/judge/garbage.ts'
import type { Pod } from '../../../controller/pod.ts'
import type { World } from './world.ts'

/** Moments are written in whole seconds. */
const SECOND = 1000
const HANDOVER = 30_000
const FIRST_BACK_OFF = 10_000
const ORPHAN = 3_600_000
/** The quarantine, and the half minute between two live requests. */
const QUARANTINE = 40_000

/** What holds for every Pod that the controller deletes, by what is true in the cluster whatever the controller knows. */
export function holdForDeletion(world: World, { pod, reason, follower }: Garbage): void {
  assert.equal(world.pods.get(pod.name)?.uid, pod.uid, 'a Pod that is deleted exists')
  assert.equal(pod.deletionDeadline, undefined, 'a Pod is not deleted twice')
  assert.ok(pod.name.startsWith('b-'), 'a Pod that was renamed is not deleted')
  assert.notEqual(world.buildkit?.suspend, 'true', 'a Pod of a suspended Buildkit is not deleted')
  if (reason === 'ended') holdForEnded(world, pod)
  else if (reason === 'superseded') holdForSuperseded(world, pod, follower)
  else holdForOrphan(world, pod)
}

function holdForEnded(world: World, pod: Pod): void {
  const { name, uid, created, seen = Number.NaN, finished = Number.NaN, wasDisrupted } = pod
  const { buildkit, now, skew } = world
  const ended = world.ended.get(uid) ?? Number.NaN
  const { podName, status } = buildkit ?? {}
  // What had happened before the controller saw the Pod has the time of its node, whose clock may be behind.
  const isWitnessed = seen - skew <= ended
  const stayed = isWitnessed ? now - ended : now + Math.max(skew, 0) - created
  assert.ok(stayed >= FIRST_BACK_OFF, 'a Pod that has ended stays for ten seconds')
  if (name !== podName || wasDisrupted) return
  const counted = { podName, lastTime: Date.parse(status?.failures?.lastTime ?? '') }
  assert.deepEqual(counted, { podName: name, lastTime: finished }, 'a Pod that has ended is counted before it goes')
}

function holdForSuperseded(world: World, pod: Pod, follower: string | undefined): void {
  const { name, uid, isRetiredByEngine } = pod
  const { buildkit, pending, pods } = world
  const current = pods.get(buildkit?.podName ?? '')
  assert.notEqual(name, buildkit?.podName, 'the current Pod is not deleted')
  assert.ok(!pending.has(uid), 'a Pod that may become current is not deleted')
  assert.ok(!isRetiredByEngine, 'a Pod that its engine retires is not deleted')
  assert.equal(follower, current?.mustFollow ? current.name : undefined, 'a Pod is deleted early only for a follower')
  if (follower === undefined) {
    holdForTakenOver(world, pod)
    return
  }
  const isThere = current?.deletionDeadline === undefined && current?.finished === undefined
  assert.ok(isThere, 'a Pod stays while its successor is being deleted or has ended')
}

function holdForTakenOver({ buildkit, controller, now, pods }: World, { uid }: Pod): void {
  const current = pods.get(buildkit?.podName ?? '')
  assert.ok(current?.isReady && current.deletionDeadline === undefined, 'a Pod stays while its successor is not ready')
  const { endpoint, tlsServerName } = buildkit?.status ?? {}
  assert.deepEqual(
    [endpoint, tlsServerName],
    [current.address, current.tlsServerName],
    'a Pod stays until its successor is published',
  )
  assert.notEqual(controller.published, uid, 'the Pod behind the endpoint is not deleted')
  const until = controller.publishedUntil.get(uid) ?? 0
  assert.ok(now - until > HANDOVER - SECOND, `a Pod stays for the handover grace, not for ${now - until} ms`)
}

function holdForOrphan({ buildkit, controller, now, pending }: World, { created, uid, isRetiredByEngine }: Pod): void {
  assert.ok(!isRetiredByEngine, 'a Pod that its engine retires is not deleted')
  assert.equal(buildkit, undefined, 'a Pod whose Buildkit exists is no orphan')
  assert.ok(now - controller.absenceSeen >= QUARANTINE, 'an orphan stays for the quarantine')
  const wasThere = created - SECOND < controller.absenceSeen
  const isOld = now - created > ORPHAN - SECOND
  assert.ok(!pending.has(uid) || wasThere || isOld, 'a Pod that may become current is not deleted')
}
