import assert from 'node:assert/strict'
import { READY } from '../../../controller/reasons.ts'
import { restart, watch } from './controller.ts'
import { heal, suspendBuildkit } from './engine.ts'
import { doToPod } from './kubelet.ts'
import { isOurs, isSuperseded } from './superseded.ts'
import { pass } from './time.ts'
import type { World } from './world.ts'

const ROUNDS_MAX = 20

/** What is true in the end, when nothing happens any more but what an engine and a kubelet always do. */
export function holdAtRest(world: World): void {
  suspendBuildkit(world, undefined)
  calm(world)
  const current = world.buildkit?.podName
  if (current !== undefined) doToPod(world, current, 'ready')
  calm(world)
  assert.equal(world.controller.wake, Number.POSITIVE_INFINITY, 'nothing is left to look at')
  if (world.buildkit) holdForReady(world)
  else holdForGone(world)
}

function holdForReady(world: World): void {
  const { buildkit, pods } = world
  const { endpoint, tlsServerName, conditions, failures } = buildkit?.status ?? {}
  const ready = conditions?.find(({ type }) => type === READY)
  const pod = pods.get(buildkit?.podName ?? '')
  assert.deepEqual(
    { endpoint, tlsServerName, ready: ready?.status, failures },
    { endpoint: pod?.address, tlsServerName: pod?.tlsServerName, ready: 'True', failures: undefined },
  )
  holdForSuperseded(world)
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
