import assert from 'node:assert/strict'
import { after, before, suite, type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { needs } from '../../harness/servers/binaries.ts'
import { type ControllerProcess, startController } from '../../harness/servers/controller-process.ts'
import { eventually, nextSecond } from '../../harness/servers/eventually.ts'
import type { Package } from '../../harness/servers/package.ts'
import type { Stage } from '../../harness/servers/stage.ts'
import { LEASE_ARGS, leads, takeOver } from './leads.ts'
import { startNoisyStage } from './noisy-stage.ts'
import { shiftedClock } from './shifted-clock.ts'
import {
  allServe,
  applyNames,
  applyPods,
  BOTH,
  bringUpAll,
  ipsOf,
  ONE,
  podsAfterRoll,
  podsOf,
  podsOfAll,
  rollAll,
  run,
  showing,
  shown,
  THREE,
} from './sized.ts'

const MINUTES = 10
const HANDOVER_SECONDS = 4
const ARGS = [...LEASE_ARGS, `--handover-grace=${HANDOVER_SECONDS}s`, '--deletion-quarantine=1s']

/** What is left when the second Pods have followed the first ones. */
const ROLLED = podsAfterRoll(BOTH, { from: 1, to: 2 })

/** All of them, so that none stays when a test fails. */
const started: ControllerProcess[] = []

interface Replicas {
  readonly stage: Stage
  leader: ControllerProcess
  standby: ControllerProcess
}

const AT_ONCE = { concurrency: true }

/** What a leader does whose clock is wrong. */
const work: Readonly<Record<string, (stage: Stage, t: TestContext) => Promise<void>>> = {
  'publishes endpoints, and hands them over': async (stage, t) => {
    const pkg = await builders(stage)
    await roll(pkg)
    t.diagnostic(`the old Pods went ${(await secondsUntil(pkg, ROLLED)).toFixed(1)} s later`)
  },

  'keeps a failed Pod for ten seconds, whatever the clock of the node': async (stage, t) => {
    const failing = [MINUTES, -MINUTES].map(async (minutes) => {
      const pkg = await builders(stage)
      const [failed = '', ...others] = podsOf(THREE, 1)
      for (const name of [...podsOf(ONE, 1), failed])
        await pkg.patchPodStatus(name, failedAt(Date.now() + minutes * 60_000))
      const counts = async () => Promise.all(BOTH.map(({ buildkit }) => countOf(pkg, buildkit)))
      await eventually(counts, [1, 1])
      const seconds = await secondsUntil(pkg, others.toSorted())
      t.diagnostic(`Pods of a node that is ${minutes} minutes ahead went ${seconds.toFixed(1)} s after they failed`)
      assert.ok(seconds > 9 && seconds < 15)
      await eventually(shown(pkg, THREE), showing(ipsOf(THREE, 1).slice(1), 'PodMissing'), 15)
    })
    await Promise.all(failing)
  },

  'keeps only Pods from after the deletion of their Buildkit': async (stage, t) => {
    const pkg = await builders(stage)
    for (const { buildkit } of BOTH) await pkg.deleteBuildkit(buildkit)
    const start = performance.now()
    await setTimeout(2000)
    for (const sized of BOTH) await applyPods(pkg, sized, 2)
    await eventually(pkg.pods, ROLLED, 50)
    t.diagnostic(`the Pods went ${((performance.now() - start) / 1000).toFixed(0)} s after their Buildkits`)
    await setTimeout(3000)
    assert.deepEqual(await pkg.pods(), ROLLED)
  },

  'reports a missing Pod within seconds': async (stage) => {
    const pkg = await stage.createPackage()
    const first = { ...THREE, replicas: 1 }
    await applyPods(pkg, first, 1)
    await run(pkg, first, 1)
    for (const sized of BOTH) await applyNames(pkg, sized, 1)
    await eventually(shown(pkg, ONE), { ...showing([], 'PodMissing'), readyReplicas: 0 }, 15)
    await eventually(shown(pkg, THREE), showing(ipsOf(first, 1), 'PodMissing'), 15)
  },
}

/** Builders whose first Pods are ready. */
async function builders(stage: Stage): Promise<Package> {
  const pkg = await stage.createPackage()
  await bringUpAll(pkg, BOTH)
  await nextSecond()
  return pkg
}

/** The next Pods become the current ones, and ready. */
async function roll(pkg: Package): Promise<void> {
  await rollAll(pkg, BOTH, 2)
  await allServe(pkg, BOTH, { version: 2 })
}

async function countOf(pkg: Package, buildkit: string): Promise<number | undefined> {
  return (await pkg.status(buildkit)).failures?.[0]?.count
}

/** How long until these Pods are left. */
async function secondsUntil(pkg: Package, pods: readonly string[]): Promise<number> {
  const start = performance.now()
  await eventually(pkg.pods, pods)
  return (performance.now() - start) / 1000
}

function failedAt(milliseconds: number) {
  const finishedAt = new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z')
  const terminated = { exitCode: 1, reason: 'Error', startedAt: finishedAt, finishedAt }
  const container = { name: 'buildkit', image: 'buildkit', imageID: '', restartCount: 0, ready: false }
  return { phase: 'Failed', containerStatuses: [{ ...container, state: { terminated } }] }
}

suite('a controller whose clock is wrong', { skip: needs('etcd', 'kube-apiserver', 'kubectl') }, () => {
  let replicas: Replicas
  before(async () => {
    const stage = await startNoisyStage(ARGS)
    await stage.controller().stop()
    const leader = await startWithClock(stage, MINUTES)
    await takeOver(leader)
    replicas = { stage, leader, standby: await startWithClock(stage, -MINUTES) }
  })
  after(async () => {
    await Promise.all(started.map((controller) => controller.stop()))
    await replicas?.stage.stop()
  })

  test('leads ten minutes ahead', AT_ONCE, (t) => each(t, replicas.stage))
  test('passes the Lease and a handover to one that is ten minutes behind', (t) => changePlaces(t, replicas))
  test('leads ten minutes behind', AT_ONCE, (t) => each(t, replicas.stage))
  test('passes them to one that is ten minutes ahead', async (t) => {
    replicas.standby = await startWithClock(replicas.stage, MINUTES)
    await changePlaces(t, replicas)
  })
})

async function each(t: TestContext, stage: Stage): Promise<void> {
  await Promise.all(Object.entries(work).map(([name, scenario]) => t.test(name, (one) => scenario(stage, one))))
}

/** The standby takes over while old Pods have their handover grace, and keeps it to the end. */
async function changePlaces(t: TestContext, replicas: Replicas): Promise<void> {
  const { stage, leader, standby } = replicas
  const pkg = await builders(stage)
  await roll(pkg)
  const published = performance.now()
  leader.signal('SIGTERM')
  t.diagnostic(`the other led after ${(await takeOver(standby)).toFixed(1)} s`)
  assert.equal(await leader.ended, 0)
  const soon = (HANDOVER_SECONDS - 1) * 1000 - (performance.now() - published)
  await setTimeout(Math.max(0, soon))
  assert.deepEqual(await pkg.pods(), [...podsOfAll(BOTH, 1), ...podsOfAll(BOTH, 2)].toSorted())
  await secondsUntil(pkg, ROLLED)
  const seconds = (performance.now() - published) / 1000
  t.diagnostic(
    `the old Pods had gone ${seconds.toFixed(1)} s after the new ones were published, of ${HANDOVER_SECONDS}`,
  )
  assert.ok(seconds < HANDOVER_SECONDS + 5)
  assert.equal(await leads(standby), 1)
  replicas.leader = standby
}

/** A controller that takes the time for so many minutes later than it is. */
async function startWithClock({ cluster, proxy }: Stage, minutes: number): Promise<ControllerProcess> {
  const kubeconfig = await cluster.kubeconfigFor('controller', proxy.url)
  const launch = shiftedClock(`${minutes * 60_000}`)
  const controller = await startController([`--kubeconfig=${kubeconfig}`, ...ARGS], launch)
  started.push(controller)
  await controller.ready()
  const ahead = Date.parse(controller.log[0]?.ts ?? '') - Date.now()
  assert.ok(Math.abs(ahead / 60_000 - minutes) < 1, `its clock is ${ahead} ms ahead`)
  return controller
}
