import assert from 'node:assert/strict'
import { after, before, suite, type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { needs } from '../../harness/servers/binaries.ts'
import { type ControllerProcess, startController } from '../../harness/servers/controller-process.ts'
import { eventually, nextSecond } from '../../harness/servers/eventually.ts'
import { bringUp, columns, type Package, podName } from '../../harness/servers/package.ts'
import type { Stage } from '../../harness/servers/stage.ts'
import { LEASE_ARGS, leads, takeOver } from './leads.ts'
import { startNoisyStage } from './noisy-stage.ts'
import { shiftedClock } from './shifted-clock.ts'

const MINUTES = 10
const HANDOVER_SECONDS = 4
const ARGS = [...LEASE_ARGS, `--handover-grace=${HANDOVER_SECONDS}s`, '--deletion-quarantine=1s']
const [first, second, third] = [1, 2, 3].map((version) => podName('b', version)) as [string, string, string]

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
  'publishes an endpoint, and hands it over': async (stage, t) => {
    const pkg = await builder(stage)
    await roll(pkg, second, '10.0.0.2')
    t.diagnostic(`the old Pod went ${(await secondsUntil(pkg, [`(${first})`, second])).toFixed(1)} s later`)
  },

  'keeps a failed Pod for ten seconds, whatever the clock of the node': async (stage, t) => {
    const failing = [MINUTES, -MINUTES].map(async (minutes) => {
      const pkg = await builder(stage)
      await pkg.patchPodStatus(first, failedAt(Date.now() + minutes * 60_000))
      await eventually(async () => (await pkg.status('b')).failures?.[0]?.count, 1)
      const seconds = await secondsUntil(pkg, [])
      t.diagnostic(`a Pod of a node that is ${minutes} minutes ahead went ${seconds.toFixed(1)} s after it failed`)
      assert.ok(seconds > 9 && seconds < 15)
    })
    await Promise.all(failing)
  },

  'keeps only a Pod from after the deletion of its Buildkit': async (stage, t) => {
    const pkg = await builder(stage)
    await pkg.deleteBuildkit('b')
    const start = performance.now()
    await setTimeout(2000)
    await pkg.applyPod('b', second)
    await eventually(pkg.pods, [`(${first})`, second].sort(), 50)
    t.diagnostic(`the Pod went ${((performance.now() - start) / 1000).toFixed(0)} s after its Buildkit`)
    await setTimeout(3000)
    assert.deepEqual(await pkg.pods(), [`(${first})`, second].sort())
  },

  'reports a missing Pod within seconds': async (stage) => {
    const pkg = await stage.createPackage()
    await pkg.applyBuildkit('b', first)
    await eventually(columns(pkg, 'b'), [undefined, 'False', 'PodMissing'], 15)
  },
}

/** One builder whose first Pod is ready. */
async function builder(stage: Stage): Promise<Package> {
  const pkg = await stage.createPackage()
  await bringUp(pkg, { buildkit: 'b', pod: first, ip: '10.0.0.1' })
  await nextSecond()
  return pkg
}

/** Another Pod becomes the current one, and ready. */
async function roll(pkg: Package, name: string, ip: string): Promise<void> {
  await pkg.applyPod('b', name)
  await pkg.applyBuildkit('b', name)
  await pkg.runPod(name, ip)
  await eventually(columns(pkg, 'b'), [`tcp://${ip}:1234`, 'True', 'PodReady'])
}

/** How long until these Pods are left. */
async function secondsUntil(pkg: Package, pods: readonly string[]): Promise<number> {
  const start = performance.now()
  await eventually(async () => (await pkg.pods()).toSorted(), pods.toSorted())
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

/** The standby takes over while an old Pod has its handover grace, and keeps it to the end. */
async function changePlaces(t: TestContext, replicas: Replicas): Promise<void> {
  const { stage, leader, standby } = replicas
  const pkg = await builder(stage)
  await roll(pkg, third, '10.0.0.3')
  const published = performance.now()
  leader.signal('SIGTERM')
  t.diagnostic(`the other led after ${(await takeOver(standby)).toFixed(1)} s`)
  assert.equal(await leader.ended, 0)
  await secondsUntil(pkg, [`(${first})`, third])
  const seconds = (performance.now() - published) / 1000
  t.diagnostic(`the old Pod went ${seconds.toFixed(1)} s after the new one was published, of ${HANDOVER_SECONDS}`)
  assert.ok(seconds > HANDOVER_SECONDS - 1 && seconds < HANDOVER_SECONDS + 5)
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
