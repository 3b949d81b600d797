import assert from 'node:assert/strict'
import { after, before, suite, type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { needs } from '../../harness/servers/binaries.ts'
import { eventually } from '../../harness/servers/eventually.ts'
import type { Package } from '../../harness/servers/package.ts'
import { type Stage, startStage } from '../../harness/servers/stage.ts'
import { LEASE_ARGS, leads } from './leads.ts'
import {
  allServe,
  applyNames,
  applyPods,
  BOTH,
  bringUpAll,
  move,
  podsOfAll,
  rollAll,
  run,
  type Sized,
} from './sized.ts'

const [A, B, C, D, E, F] = [both('a'), both('b'), both('c'), both('d'), both('e'), both('f')]
const KEPT = [A, C, E, F].flat()
/** What Git makes of some after the backup. */
const FEWER = E.map((sized) => ({ ...sized, replicas: Math.min(2, sized.replicas) }))
/** The backoff while the API server is away doubles with each try. */
const SECONDS = 40

interface Moment {
  readonly stage: Stage
  readonly pkg: Package
}

/** What others do right after a restore, before the controller looks. */
type Meanwhile = (moment: Moment) => Promise<void>

const quiet: Meanwhile = async () => undefined

/** The resourceVersion is again what it was before, with other contents. */
const catchUp: Meanwhile = async ({ pkg }) => {
  await pkg.labelBuildkits(namesOf(KEPT), 160)
  for (const sized of F) await move(pkg, sized, 2)
}

/** etcd is backed up, changed and restored while the controller runs; comes back when all is as it should be. */
async function restored(stage: Stage, meanwhile: Meanwhile, t: TestContext): Promise<void> {
  const pkg = await stage.createPackage()
  await bringUpAll(pkg, KEPT)
  for (const sized of B) {
    await applyPods(pkg, sized, 1)
    await run(pkg, sized, 1)
  }
  await setTimeout(1000)
  await stage.cluster.backUpEtcd()
  for (const sized of B) await applyNames(pkg, sized, 1)
  await allServe(pkg, B, { version: 1 })
  for (const sized of FEWER) await applyNames(pkg, sized, 1)
  await rollAll(pkg, C, 2)
  await allServe(pkg, C, { version: 2 })
  await bringUpAll(pkg, D)
  await pkg.labelBuildkits(namesOf(E), 60)
  for (const { buildkit } of F) await pkg.deleteBuildkit(buildkit)
  await stage.cluster.restoreEtcd()
  const start = performance.now()
  await meanwhile({ stage, pkg })
  const seconds = SECONDS
  // C had moved on to Pods that do not exist any more.
  await allServe(pkg, [A, C, E].flat(), { version: 1, seconds })
  await allServe(pkg, F, { version: meanwhile === catchUp ? 2 : 1, seconds })
  for (const sized of KEPT) await move(pkg, sized, 3)
  await allServe(pkg, KEPT, { version: 3, seconds })
  t.diagnostic(`follows what is true ${((performance.now() - start) / 1000).toFixed(1)} s after the API server is back`)
  await setTimeout(5000)
  assert.deepEqual(await pkg.pods(), podsOfAll([...KEPT, ...B], 1))
  await allServe(pkg, KEPT, { version: 3, seconds: 0 })
  for (const sized of B) await applyNames(pkg, sized, 1)
  await allServe(pkg, B, { version: 1, seconds: 5 })
  const evidence = stage.controller().log.filter(({ msg }) => msg.startsWith('the API server has another history'))
  for (const { evidence: text } of evidence) t.diagnostic(String(text))
  assert.ok(evidence.length > 0)
}

/** Two builders, with one Pod and with three. */
function both(letter: string): readonly Sized[] {
  const id = 10 * letter.charCodeAt(0)
  return BOTH.map((sized) => ({ ...sized, buildkit: `${letter}${sized.replicas}`, id: id + sized.id }))
}

function namesOf(builders: readonly Sized[]): readonly string[] {
  return builders.map(({ buildkit }) => buildkit)
}

for (const [mode, args] of [['alone', []] as const, ['with leader election', LEASE_ARGS] as const])
  suite(`etcd is restored from a backup, and a controller ${mode}`, {
    skip: needs('etcd', 'kube-apiserver', 'kubectl'),
  }, () => {
    let stage: Stage
    before(async () => {
      stage = await startStage(['--handover-grace=3s', ...args])
      await eventually(() => leads(stage.controller()), 1)
    })
    after(() => stage?.stop())
    test('forgets what is outdated', (t) => restored(stage, quiet, t))
    test('forgets it even after as many writes by others', (t) => restored(stage, catchUp, t))
    test('forgets it even if it was stopped during the restore', async (t) => {
      const { cluster } = stage
      const { restoreEtcd } = cluster
      const controller = stage.controller()
      const stopped = async () => {
        controller.signal('SIGSTOP')
        await restoreEtcd()
        controller.signal('SIGCONT')
      }
      await restored({ ...stage, cluster: { ...cluster, restoreEtcd: stopped } }, quiet, t)
    })
  })
