import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { needs } from '../../harness/servers/binaries.ts'
import { eventually, nextSecond } from '../../harness/servers/eventually.ts'
import type { Package } from '../../harness/servers/package.ts'
import { type Stage, startStage } from '../../harness/servers/stage.ts'
import { LEASE_ARGS, leads, takeOver } from './leads.ts'
import {
  addresses,
  allShow,
  applySeconds,
  builders,
  deletedIn,
  FIRST_ADDRESSES,
  FIRSTS,
  HANDED_OVER,
  HANDOVERS,
  hold,
  holdAtEnd,
  isDeletion,
  podsLeft,
  RECREATE,
  roll,
  serving,
  waiting,
} from './recreating.ts'
import { clockSetBy } from './shifted-clock.ts'
import { applyNames } from './sized.ts'

const HOUR = 3_600_000
const SECONDS = HANDOVERS.map(({ second }) => second)

type Scenario = (stage: Stage, setClock: (milliseconds: number) => Promise<void>) => Promise<void>

/** The live list of the re-check, not that of a watch. */
const isRecheck = ({ namespace }: Package) => {
  return ({ method, path }: { method: string; path: string }) =>
    method === 'GET' && path.includes(`${namespace}/pods`) && path.includes('labelSelector')
}

const scenarios: Readonly<Record<string, Scenario>> = {
  'the new Pod is deleted, and the caches have not heard of it': async (stage) => {
    const pkg = await builders(stage)
    const { arrived, release } = hold(stage, isRecheck(pkg))
    await roll(pkg)
    await arrived
    for (const name of SECONDS) await pkg.deletePod(name)
    release()
    await setTimeout(4000)
    assert.deepEqual(
      await pkg.pods(),
      podsLeft(({ first, second }) => [first, `(${second})`]),
    )
    for (const name of SECONDS) await pkg.finishPod(name)
    await setTimeout(4000)
    assert.deepEqual([await pkg.pods(), await deletedIn(stage, pkg)], [podsLeft(({ first }) => [first]), []])
    assert.deepEqual(await addresses(pkg), FIRST_ADDRESSES)
    await applySeconds(pkg)
    await holdAtEnd(stage, pkg)
  },

  'the new Pod loses its annotation, and the caches have not heard of it': async (stage) => {
    const pkg = await builders(stage)
    const { arrived, release } = hold(stage, isRecheck(pkg))
    await roll(pkg)
    await arrived
    await annotate(stage, pkg, { names: SECONDS, annotations: { 'buildkit.seatgeek.io/handover': null } })
    release()
    await setTimeout(4000)
    assert.deepEqual(
      await pkg.pods(),
      podsLeft(({ first, second }) => [first, second]),
    )
    await annotate(stage, pkg, { names: SECONDS, annotations: RECREATE })
    await holdAtEnd(stage, pkg)
  },

  'Git rolls back, and the caches have not heard of it': async (stage) => {
    const pkg = await builders(stage)
    const { arrived, release } = hold(stage, isRecheck(pkg))
    await roll(pkg)
    await arrived
    await nextSecond()
    for (const sized of HANDOVERS) await applyNames(pkg, sized, 1)
    release()
    await allShow(pkg, serving)
    await eventually(
      pkg.pods,
      podsLeft(({ first, second }) => [first, `(${second})`]),
    )
    assert.deepEqual((await deletedIn(stage, pkg)).toSorted(), SECONDS)
  },

  'the old Pod changes between the re-check and the deletion': async (stage) => {
    const pkg = await builders(stage)
    const { arrived, release } = hold(stage, isDeletion(pkg))
    await roll(pkg)
    await arrived
    await annotate(stage, pkg, { names: FIRSTS, annotations: { changed: 'true' } })
    release()
    await holdAtEnd(stage, pkg)
    const answers = (await stage.cluster.auditEvents()).filter(({ verb, objectRef, userAgent }) => {
      const isOurs = userAgent?.startsWith('buildkit-controller/')
      return isOurs && verb === 'delete' && objectRef?.namespace === pkg.namespace
    })
    assert.deepEqual(answers.map(({ responseStatus }) => responseStatus?.code).toSorted(), [200, 200, 409, 409])
  },

  'the new Pod is deleted between the re-check and the deletion': async (stage) => {
    const pkg = await builders(stage)
    const { arrived, release } = hold(stage, isDeletion(pkg))
    await roll(pkg)
    await arrived
    for (const name of SECONDS) await pkg.deletePod(name)
    for (const name of SECONDS) await pkg.finishPod(name)
    release()
    await eventually(
      pkg.pods,
      podsLeft(({ first }) => [`(${first})`]),
    )
    await eventually(
      () => addresses(pkg),
      HANDOVERS.flatMap((one) => waiting(one).addresses),
    )
    await applySeconds(pkg)
    await holdAtEnd(stage, pkg)
  },

  'the leader is stopped before the deletion, and another one takes over': async (stage) => {
    const leader = stage.controller()
    const standby = await stage.startController()
    await standby.ready()
    const pkg = await builders(stage)
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
    const pkg = await builders(stage)
    await roll(pkg)
    await allShow(pkg, waiting)
    for (const milliseconds of [HOUR, 0]) {
      await setClock(milliseconds)
      // Something happens, so that the controller looks.
      for (const name of SECONDS) await pkg.patchPodStatus(name, { message: String(milliseconds) })
      await setTimeout(3000)
      for (const { buildkit } of HANDOVERS) {
        const { conditions } = await pkg.status(buildkit)
        assert.ok(!conditions.some(({ type }: { type: string }) => type === 'Stalled'))
      }
    }
    await holdAtEnd(stage, pkg)
  },
}

interface Annotated {
  readonly names: readonly string[]
  readonly annotations: Readonly<Record<string, string | null>>
}

async function annotate({ cluster }: Stage, { namespace }: Package, { names, annotations }: Annotated): Promise<void> {
  const path = `/api/v1/namespaces/${namespace}/pods`
  for (const name of names) await cluster.request('PATCH', `${path}/${name}`, { metadata: { annotations } })
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
