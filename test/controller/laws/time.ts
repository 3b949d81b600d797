import assert from 'node:assert/strict'
import { look, watch } from './controller.ts'
import { nextRemoval, removeTerminated } from './kubelet.ts'
import type { World } from './world.ts'

const LOOKS_MAX = 20_000

/** Lets time pass; the controller looks whenever it wanted to, and Pods go when their grace period is over. */
export function pass(world: World, seconds: number): void {
  const until = world.now + seconds * 1000
  for (;;) {
    const next = Math.min(nextRemoval(world), world.controller.isUp ? world.controller.wake : Number.POSITIVE_INFINITY)
    world.now = Math.max(world.now, Math.min(next, until))
    if (next > until) return
    step(world)
  }
}

function step(world: World): void {
  const { controller } = world
  if (nextRemoval(world) <= world.now) {
    removeTerminated(world)
    if (controller.isUp) watch(world)
  }
  if (!controller.isUp || controller.wake > world.now) return
  assert.ok(controller.looks < LOOKS_MAX, 'the controller does not come to rest')
  look(world)
}
