import assert from 'node:assert/strict'
import type { Garbage } from '../../../controller/judge/garbage.ts'
import type { Pod } from '../../../controller/pod.ts'
import { isOurs, replicaOf, successorOf } from './superseded.ts'
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
  const { podNames = [], status } = buildkit ?? {}
  // What had happened before the controller saw the Pod has the time of its node, whose clock may be behind.
  const isWitnessed = seen - skew <= ended
  const stayed = isWitnessed ? now - ended : now + Math.max(skew, 0) - created
  assert.ok(stayed >= FIRST_BACK_OFF, 'a Pod that has ended stays for ten seconds')
  if (!podNames.includes(name) || wasDisrupted) return
  const counted = status?.failures?.find(({ podName }) => podName === name)
  assert.equal(Date.parse(counted?.lastTime ?? ''), finished, 'a Pod that has ended is counted before it goes')
}

function holdForSuperseded(world: World, pod: Pod, follower: string | undefined): void {
  const { name, uid, isRetiredByEngine } = pod
  const { buildkit, pending } = world
  const current = successorOf(pod, world)
  assert.ok(!buildkit?.podNames.includes(name), 'a current Pod is not deleted')
  assert.ok(!pending.has(uid), 'a Pod that may become current is not deleted')
  assert.ok(!isRetiredByEngine, 'a Pod that its engine retires is not deleted')
  const isFollowed = current?.mustFollow && (pod.replica ?? 0) === (current.replica ?? 0)
  assert.equal(follower, isFollowed ? current.name : undefined, 'a Pod is deleted early only for a follower')
  if (follower === undefined) {
    holdForTakenOver(world, pod)
    return
  }
  const isThere = current?.deletionDeadline === undefined && current?.finished === undefined
  assert.ok(isThere, 'a Pod stays while its successor is being deleted or has ended')
  if (current?.isReady) return
  if (isPublished(pod, world)) holdForTurn(world, pod)
  if (pod.phase !== 'Pending') holdForReplacement(world, pod)
}

/** A Pod that has run, and is the only one of its replica that may serve again, goes for one that does not serve yet. */
function holdForReplacement(world: World, pod: Pod): void {
  const others = [...world.pods.values()].filter((one) => one.uid !== pod.uid && mayServe(one))
  const isOf = (one: Pod, replica: number) => replicaOf(one, world) === replica
  if (others.some((one) => one.isReady && isOf(one, replicaOf(pod, world)))) return
  const out = (world.buildkit?.podNames ?? []).filter((name, replica) => {
    if (replica === replicaOf(pod, world) || world.pods.get(name)?.isReady) return false
    return !others.some((other) => other.name !== name && isOf(other, replica))
  })
  assert.deepEqual(out, [], 'of several Pods one is replaced at a time, whether or not it serves')
}

function mayServe(pod: Pod): boolean {
  return pod.finished === undefined && pod.deletionDeadline === undefined && isOurs(pod)
}

/** A Pod that clients know goes for one that does not serve yet. */
function holdForTurn(world: World, pod: Pod): void {
  const { podNames = [], status } = world.buildkit ?? {}
  if (podNames.length < 2) return
  assert.notEqual(status?.endpoint, pod.address, 'clients of one address have another Pod before theirs goes')
  const published = [...world.pods.values()].filter((one) => isPublished(one, world))
  const without = podNames.filter((_, replica) => {
    const isOf = (one: Pod) => replicaOf(one, world) === replica
    return !(isOf(pod) || published.some(isOf))
  })
  assert.deepEqual(without, [], 'of several Pods one goes at a time, while all others serve')
}

/** Whether clients know a Pod that serves. */
function isPublished({ isReady, deletionDeadline, address }: Pod, { buildkit }: World): boolean {
  const isListed = buildkit?.status.endpoints?.some((endpoint) => endpoint.address === address) ?? false
  return isListed && isReady && deletionDeadline === undefined
}

function holdForTakenOver(world: World, pod: Pod): void {
  const { buildkit, controller, now } = world
  const { uid } = pod
  const current = successorOf(pod, world)
  assert.ok(current?.isReady && current.deletionDeadline === undefined, 'a Pod stays while its successor is not ready')
  const { address, tlsServerName } = current
  const published = buildkit?.status.endpoints?.find((endpoint) => endpoint.address === address)
  assert.ok(published && published.tlsServerName === tlsServerName, 'a Pod stays until its successor is published')
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
