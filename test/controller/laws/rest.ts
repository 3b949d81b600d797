import assert from 'node:assert/strict'
import type { Endpoint } from '../../../controller/observation.ts'
import { READY } from '../../../controller/reasons.ts'
import { restart, watch } from './controller.ts'
import { heal, REPLICAS, suspendBuildkit } from './engine.ts'
import { doToPod } from './kubelet.ts'
import { isOurs, isSuperseded } from './superseded.ts'
import { pass } from './time.ts'
import type { World } from './world.ts'

const ROUNDS_MAX = 20

/** What is true in the end, when nothing happens any more but what an engine and a kubelet always do. */
export function holdAtRest(world: World): void {
  suspendBuildkit(world, undefined)
  calm(world)
  // One after the other where all can only follow.
  for (let replica = 0; replica < REPLICAS; replica++) {
    for (const name of world.buildkit?.podNames ?? []) doToPod(world, name, 'ready')
    calm(world)
  }
  assert.equal(world.controller.wake, Number.POSITIVE_INFINITY, 'nothing is left to look at')
  if (world.buildkit) holdForReady(world)
  else holdForGone(world)
}

function holdForReady(world: World): void {
  const { buildkit, pods } = world
  const { endpoint, tlsServerName, endpoints, readyReplicas, conditions, failures } = buildkit?.status ?? {}
  const ready = conditions?.find(({ type }) => type === READY)
  const { podNames = [] } = buildkit ?? {}
  const wanted = podNames.map((name) => ({ podName: name, ...pods.get(name) }))
  assert.deepEqual(
    { endpoints: endpoints?.map(addressIn), readyReplicas, ready: ready?.status, failures },
    { endpoints: wanted.map(addressIn), readyReplicas: podNames.length, ready: 'True', failures: undefined },
  )
  const preferred = endpoints?.find(({ address }) => address === endpoint)
  assert.deepEqual(
    { endpoint, tlsServerName },
    { endpoint: preferred?.address, tlsServerName: preferred?.tlsServerName },
  )
  holdForSuperseded(world)
}

function addressIn({ podName, address, tlsServerName }: Partial<Endpoint>): readonly unknown[] {
  return [podName, address, tlsServerName]
}

function calm(world: World): void {
  const { controller, trouble } = world
  Object.assign(trouble, { podsLag: false, buildkitsLag: false, writesFail: false, deletionsAreRefused: false })
  if (controller.isUp) watch(world)
  else restart(world)
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const { size } = world.pods
    heal(world)
    // The controller must look by itself, where nothing happens that it could watch.
    if (world.pods.size > size) watch(world)
    pass(world, 3600)
  }
}

function holdForGone({ pods }: World): void {
  const kept = [...pods.values()].filter((pod) => isOurs(pod) && !pod.isRetiredByEngine)
  assert.deepEqual(kept, [], 'all Pods of a Buildkit that is gone go')
}

function holdForSuperseded(world: World): void {
  const kept = [...world.pods.values()].filter((pod) => isSuperseded(pod, world))
  assert.deepEqual(kept, [], 'all Pods that another one has replaced go')
}
