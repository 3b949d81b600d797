import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { needs } from '../../harness/servers/binaries.ts'
import { eventually, nextSecond } from '../../harness/servers/eventually.ts'
import { byName, columns, type Package } from '../../harness/servers/package.ts'
import { type Stage, startStage } from '../../harness/servers/stage.ts'
import { LEASE_ARGS, leads, takeOver } from './leads.ts'
import {
  builder,
  deletedIn,
  first,
  HANDED_OVER,
  hold,
  holdAtEnd,
  isDeletion,
  RECREATE,
  roll,
  SERVES,
  second,
  WAITS,
} from './recreating.ts'
import { clockSetBy } from './shifted-clock.ts'

const HOUR = 3_600_000

type Scenario = (stage: Stage, setClock: (milliseconds: number) => Promise<void>) => Promise<void>

/** The live list of the re-check, not that of a watch. */
const isRecheck = ({ namespace }: Package) => {
  return ({ method, path }: { method: string; path: string }) =>
    method === 'GET' && path.includes(`${namespace}/pods`) && path.includes('labelSelector')
}

const scenarios: Readonly<Record<string, Scenario>> = {
  'the new Pod is deleted, and the caches have not heard of it': async (stage) => {
    const pkg = await builder(stage)
    const { arrived, release } = hold(stage, isRecheck(pkg))
    await roll(pkg)
    await arrived
    await pkg.deletePod(second)
    release()
    await setTimeout(4000)
    assert.deepEqual(await pkg.pods(), [first, `(${second})`].sort(byName))
    await pkg.finishPod(second)
    await setTimeout(4000)
    assert.deepEqual([await pkg.pods(), await deletedIn(stage, pkg)], [[first], []])
    assert.equal((await pkg.status('b')).endpoint, 'tcp://10.0.0.1:1234')
    await pkg.applyPod('b', second, RECREATE)
    await holdAtEnd(stage, pkg)
  },

  'the new Pod loses its annotation, and the caches have not heard of it': async (stage) => {
    const pkg = await builder(stage)
    const { arrived, release } = hold(stage, isRecheck(pkg))
    await roll(pkg)
    await arrived
    await annotate(stage, pkg, { name: second, annotations: { 'buildkit.seatgeek.io/handover': null } })
    release()
    await setTimeout(4000)
    assert.deepEqual(await pkg.pods(), [first, second].sort())
    await annotate(stage, pkg, { name: second, annotations: RECREATE })
    await holdAtEnd(stage, pkg)
  },

  'Git rolls back, and the caches have not heard of it': async (stage) => {
    const pkg = await builder(stage)
    const { arrived, release } = hold(stage, isRecheck(pkg))
    await roll(pkg)
    await arrived
    await nextSecond()
    await pkg.applyBuildkit('b', first)
    release()
    await eventually(columns(pkg, 'b'), SERVES)
    await eventually(pkg.pods, [first, `(${second})`].sort(byName))
    assert.deepEqual(await deletedIn(stage, pkg), [second])
  },

  'the old Pod changes between the re-check and the deletion': async (stage) => {
    const pkg = await builder(stage)
    const { arrived, release } = hold(stage, isDeletion(pkg))
    await roll(pkg)
    await arrived
    await annotate(stage, pkg, { name: first, annotations: { changed: 'true' } })
    release()
    await holdAtEnd(stage, pkg)
    const answers = (await stage.cluster.auditEvents()).filter(({ verb, objectRef, userAgent }) => {
      const isOurs = userAgent?.startsWith('buildkit-controller/')
      return isOurs && verb === 'delete' && objectRef?.namespace === pkg.namespace
    })
    assert.deepEqual(
      answers.map(({ responseStatus }) => responseStatus?.code),
      [409, 200],
    )
  },

  'the new Pod is deleted between the re-check and the deletion': async (stage) => {
    const pkg = await builder(stage)
    const { arrived, release } = hold(stage, isDeletion(pkg))
    await roll(pkg)
    await arrived
    await pkg.deletePod(second)
    await pkg.finishPod(second)
    release()
    await eventually(pkg.pods, [`(${first})`])
    await eventually(async () => (await pkg.status('b')).endpoint, undefined)
    await pkg.applyPod('b', second, RECREATE)
    await holdAtEnd(stage, pkg)
  },

  'the leader is stopped before the deletion, and another one takes over': async (stage) => {
    const leader = stage.controller()
    const standby = await stage.startController()
    await standby.ready()
    const pkg = await builder(stage)
    const { arrived, release } = hold(stage, isDeletion(pkg))
    await roll(pkg)
    await arrived
    leader.signal('SIGSTOP')
    stage.proxy.inject(() => undefined)
    await takeOver(standby)
    await eventually(pkg.pods, HANDED_OVER)
    release()
    leader.signal('SIGCONT')
    await holdAtEnd(stage, pkg)
  },

  'the clock is set an hour ahead while the old Pod drains, and back': async (stage, setClock) => {
    const pkg = await builder(stage)
    await roll(pkg)
    await eventually(columns(pkg, 'b'), WAITS)
    for (const milliseconds of [HOUR, 0]) {
      await setClock(milliseconds)
      // Something happens, so that the controller looks.
      await pkg.patchPodStatus(second, { message: String(milliseconds) })
      await setTimeout(3000)
      const { conditions } = await pkg.status('b')
      assert.ok(!conditions.some(({ type }: { type: string }) => type === 'Stalled'))
    }
    await holdAtEnd(stage, pkg)
  },
}

interface Annotated {
  readonly name: string
  readonly annotations: Readonly<Record<string, string | null>>
}

async function annotate({ cluster }: Stage, { namespace }: Package, pod: Annotated): Promise<void> {
  const path = `/api/v1/namespaces/${namespace}/pods/${pod.name}`
  await cluster.request('PATCH', path, { metadata: { annotations: pod.annotations } })
}

suite('a handover to a Pod that can only follow ends well if', {
  skip: needs('etcd', 'kube-apiserver', 'kubectl'),
}, () => {
  let stage: Stage
  let folder: string
  const setClock = (milliseconds: number) => writeFile(join(folder, 'ahead'), `${milliseconds}`)
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'clock-'))
    await setClock(0)
    const launch = clockSetBy(join(folder, 'ahead'))
    stage = await startStage([...LEASE_ARGS, '--handover-grace=2s'], { audit: true, launch })
    await eventually(() => leads(stage.controller()), 1)
  })
  after(async () => {
    await stage.stop()
    await rm(folder, { recursive: true })
  })
  for (const [name, scenario] of Object.entries(scenarios)) test(name, () => scenario(stage, setClock))
})
