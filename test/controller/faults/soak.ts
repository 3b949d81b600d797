import assert from 'node:assert/strict'
import process from 'node:process'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { needs } from '../../harness/servers/binaries.ts'
import { eventually } from '../../harness/servers/eventually.ts'
import type { FaultProxy } from '../../harness/servers/fault-proxy.ts'
import type { Stage } from '../../harness/servers/stage.ts'
import { BUILDERS, changeAll, publishedSeconds, removeBuilders, startingBuilders } from './builders.ts'
import { startNoisyStage } from './noisy-stage.ts'
import { createStandingBuilders } from './standing.ts'

// What takes too long for every change: npm run soak.
const MINUTES = Number(process.env.SOAK_MINUTES ?? 480)
const STANDING = Number(process.env.SOAK_BUILDERS ?? 5000)
const RESTARTS = 50
const skip = needs('etcd', 'kube-apiserver', 'kubectl')

test('a watch that stays silent is ended after two and a half minutes', { skip }, async (t) => {
  const stage = await startNoisyStage([])
  try {
    const pkg = await startingBuilders(stage)
    await setTimeout(2000)
    stage.proxy.freeze()
    await changeAll(pkg)
    t.diagnostic(`${BUILDERS} endpoints ${(await publishedSeconds(pkg, 200)).toFixed(0)} s after the last word`)
  } finally {
    await stage.stop()
  }
})

test('after hours of faults every endpoint is correct, and no socket or memory has leaked', { skip }, async (t) => {
  const stage = await startNoisyStage([])
  try {
    const controller = stage.controller()
    const standing = await createStandingBuilders(stage, STANDING)
    await eventually(standing.incorrect, [], 120)
    t.diagnostic(`${STANDING} builders serve; ${Math.round(controller.megabytes())} MB`)
    const end = Date.now() + MINUTES * 60_000
    const megabytes: number[] = []
    const seconds: number[] = []
    for (let round = 0; Date.now() < end; round++) {
      failOneIn(round % 2 === 0 ? 100 : 0, stage.proxy)
      const pkg = await startingBuilders(stage)
      await disturb(stage, round)
      await Promise.all([changeAll(pkg), standing.restart(RESTARTS)])
      seconds.push(await publishedSeconds(pkg, 60))
      await eventually(standing.incorrect, [], 60)
      // Nobody empties a namespace here: what stays would look like memory that grows.
      await removeBuilders(pkg)
      megabytes.push(controller.megabytes())
    }
    t.diagnostic(`${megabytes.length} rounds; MB at the end of each: ${megabytes.map(Math.round).join(' ')}`)
    t.diagnostic(`seconds until all endpoints were right: ${seconds.map((each) => each.toFixed(1)).join(' ')}`)
    t.diagnostic(`another tenant made ${await stage.noise.stop()} changes meanwhile`)
    assert.equal(await controller.metric('buildkit_cache_divergence_total'), 0)
    await eventually(async () => controller.openSockets() <= 12, true)
    t.diagnostic(`${controller.openSockets()} sockets`)
    const middle = megabytes[Math.floor(megabytes.length / 2)] ?? 0
    assert.ok((megabytes.at(-1) ?? 0) < middle * 1.3, 'memory grows')
    const pkg = await startingBuilders(stage)
    const ready = changeAll(pkg)
    controller.signal('SIGTERM')
    assert.equal(await controller.ended, 0)
    await ready
  } finally {
    await stage.stop()
  }
})

/** In each round a fault of its own: connections end, the network is away for ten seconds, or, in some, the API server for a minute. */
async function disturb({ proxy, cluster }: Stage, round: number): Promise<void> {
  if (round % 3 === 0) proxy.reset()
  if (round % 3 === 1) {
    proxy.refuse()
    proxy.reset()
    await setTimeout(10_000)
    proxy.accept()
  }
  if (round % 10 === 9) {
    await cluster.killApiServer()
    await setTimeout(60_000)
    await cluster.startApiServer()
  }
}

/** One request in so many gets an answer as of an API server in trouble; 0 for none. */
function failOneIn(requests: number, { inject }: FaultProxy): void {
  let count = 0
  inject(() => (requests > 0 && count++ % requests === requests - 1 ? { status: 500, body: 'later' } : undefined))
}
