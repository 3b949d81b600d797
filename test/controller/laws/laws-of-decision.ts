import assert from 'node:assert/strict'
import { type Decision, decide } from '../../../controller/decide.ts'
import type { Now } from '../../../controller/kube/now.ts'
import { conditionIn, type Endpoint, isSameEndpoint, type Observation } from '../../../controller/observation.ts'
import { witnessBuildkit } from '../../../controller/observe/witness.ts'
import type { Pod } from '../../../controller/pod.ts'
import { READY, WAITING_FOR_HANDOVER } from '../../../controller/reasons.ts'
import { isOurs } from './superseded.ts'
import type { World } from './world.ts'

/** What holds for every decision; `now` by the clocks of the controller. */
export function holdForDecision(observation: Observation, now: Now, decision: Decision): void {
  assert.deepEqual(decide(observation, now), decision, 'the same observation at the same moment is the same decision')
  const reversed = { ...observation, pods: observation.pods.toReversed() }
  assert.deepEqual(decide(reversed, now), decision, 'the order of Pods has no effect')
  assert.ok((decision.requeueAfterMilliseconds ?? 1) > 0, 'the next look is later')
  assert.ok(
    decision.deletions.every(({ pod }) => observation.pods.some(({ uid }) => uid === pod.uid)),
    'a Pod that is deleted was seen',
  )
  publishesOnlyWhatServes(observation, decision)
  writesEndpointsAtOnce(observation, now, decision)
  standsWhenWritten(observation, now, decision)
  followsOnlyIfCurrent(observation, now, decision)
  saysThatItWaits(observation, decision)
}

function publishesOnlyWhatServes({ pods, buildkit }: Observation, { status }: Decision): void {
  const { endpoint, tlsServerName, endpoints = [] } = status ?? {}
  if (endpoint === undefined) {
    assert.deepEqual([tlsServerName, endpoints], [undefined, []], 'without an endpoint there is no other, and no name')
    return
  }
  assert.ok(endpoints.length <= (buildkit?.podNames.length || 1), 'each replica has one endpoint at most')
  for (const one of endpoints) {
    const published = pods.filter(({ address }) => address === one.address)
    assert.deepEqual(
      published.map(({ isReady, deletionDeadline, name }) => [isReady, deletionDeadline, name.startsWith('b-'), name]),
      [[true, undefined, true, one.podName]],
      'a Pod that is published is ready, is not being deleted, and was not renamed',
    )
    assert.equal(published[0]?.tlsServerName, one.tlsServerName, 'the name is that of the Pod behind the endpoint')
  }
  numbersReplicas(endpoints, buildkit?.podNames ?? [])
  const preferred = endpoints.find(({ address }) => address === endpoint)
  assert.deepEqual([preferred?.address, preferred?.tlsServerName], [endpoint, tlsServerName], 'the endpoint is listed')
}

function numbersReplicas(endpoints: readonly Endpoint[], podNames: readonly string[]): void {
  const indexes = endpoints.map(({ replica = 0 }) => replica)
  assert.deepEqual(
    indexes,
    [...new Set(indexes)].toSorted((a, b) => a - b),
    'endpoints are in the order of their replicas',
  )
  for (const { podName, replica = 0 } of endpoints)
    if (podNames.includes(podName))
      assert.equal(replica, podNames.indexOf(podName), 'a current Pod has its own replica')
}

function writesEndpointsAtOnce({ buildkit }: Observation, { steady }: Now, { status, writeDue }: Decision): void {
  if (!(buildkit && status) || isSameEndpoint(buildkit.status, status)) return
  assert.equal(writeDue, steady, 'an endpoint and its name are written at once')
}

function standsWhenWritten(observation: Observation, now: Now, { status }: Decision): void {
  if (!(observation.buildkit && status)) return
  const { buildkit } = observation
  const written = { ...observation, buildkit: witnessBuildkit({ ...buildkit, status }, buildkit, now) }
  assert.deepEqual(decide(written, now).status, status, 'a decision stands when its status is written')
}

function followsOnlyIfCurrent(observation: Observation, now: Now, decision: Decision): void {
  const { buildkit, pods } = observation
  if (!pods.some(({ name, mustFollow }) => mustFollow && !buildkit?.podNames.includes(name))) return
  const bare = pods.map((pod) => {
    const { mustFollow: _, ...rest } = pod
    return buildkit?.podNames.includes(pod.name) ? pod : rest
  })
  const namesOf = ({ deletions, ...rest }: Decision) => ({ ...rest, deletions: deletions.map(({ pod }) => pod.name) })
  const other = decide({ ...observation, pods: bare }, now)
  assert.deepEqual(namesOf(other), namesOf(decision), 'only the annotation of the current Pod has an effect')
}

function saysThatItWaits({ buildkit, pods }: Observation, { status }: Decision): void {
  if (!(buildkit && status)) return
  if (buildkit.podNames.length > 1) return
  const current = pods.find(({ name }) => buildkit.podNames.includes(name))
  const ready = conditionIn(status, READY)
  const waits = ready?.reason === WAITING_FOR_HANDOVER
  const isThere = current?.deletionDeadline === undefined && current?.finished === undefined
  if (!(current?.mustFollow && isThere)) assert.ok(!waits, 'only a Pod that can follow and is there waits')
  else if (
    ready?.status === 'False' &&
    pods.some((pod) => pod !== current && pod.replica === current.replica && isDraining(pod))
  )
    assert.ok(waits, 'a Pod that can only follow waits for those that drain')
}

function isDraining(pod: Pod): boolean {
  return pod.deletionDeadline !== undefined && pod.finished === undefined && isOurs(pod)
}

/** By what is true in the cluster, whatever the Pods say of themselves. */
export function publishesOnlyWhatGitNamed({ intruders, controller }: World, { status }: Decision): void {
  const addresses = status?.endpoints?.map(({ address }) => address) ?? []
  const published = controller.pods.filter(({ address }) => address !== undefined && addresses.includes(address))
  assert.deepEqual(
    published.filter(({ uid }) => intruders.has(uid)),
    [],
    'a Pod that Git has never named is not published',
  )
}
