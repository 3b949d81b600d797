import assert from 'node:assert/strict'
import { after, before, suite, type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { needs } from '../../harness/servers/binaries.ts'
import { eventually } from '../../harness/servers/eventually.ts'
import { columns, type Package, podName } from '../../harness/servers/package.ts'
import { type Stage, startStage } from '../../harness/servers/stage.ts'
import { bringUpSeveral, podNamesOf, SEVERAL, severalPublished } from './builders.ts'
import { LEASE_ARGS, leads } from './leads.ts'

const KEPT = ['a', 'c', 'e', 'f']
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
  await pkg.labelBuildkits(KEPT, 120)
  await pkg.runPod(podName('f', 1), '10.0.2.6')
}

/** etcd is backed up, changed and restored while the controller runs; comes back when all is as it should be. */
async function restored(stage: Stage, meanwhile: Meanwhile, t: TestContext): Promise<void> {
  const pkg = await stage.createPackage()
  for (const name of KEPT) await serve(pkg, name, 1)
  await bringUpSeveral(pkg)
  await pkg.applyPod('b', podName('b', 1))
  await pkg.runPod(podName('b', 1), '10.0.0.2')
  await setTimeout(1000)
  await stage.cluster.backUpEtcd()
  await pkg.applyBuildkit('b', podName('b', 1))
  await eventually(columns(pkg, 'b'), ['tcp://10.0.0.2:1234', 'True', 'PodReady'])
  await serve(pkg, 'c', 2)
  await serve(pkg, 'd', 1)
  await pkg.labelBuildkits(['e'], 60)
  await pkg.deleteBuildkit('f')
  await pkg.applyBuildkit(`b${SEVERAL}`, podNamesOf(SEVERAL).slice(0, 2))
  await eventually(async () => (await pkg.status(`b${SEVERAL}`)).readyReplicas, 2)
  await stage.cluster.restoreEtcd()
  const start = performance.now()
  await meanwhile({ stage, pkg })
  const pods = [...[...KEPT, 'b'].map((name) => podName(name, 1)), ...podNamesOf(SEVERAL)].sort()
  const asItIs = async () => Promise.all(KEPT.map(async (name) => (await pkg.status(name)).endpoint))
  const last = meanwhile === catchUp ? '10.0.2.6' : addressOf('f', 1)
  // c had moved on to a Pod that does not exist any more.
  const expected = [...KEPT.slice(0, 3).map((name) => addressOf(name, 1)), last].map((ip) => `tcp://${ip}:1234`)
  await eventually(asItIs, expected, SECONDS)
  await severalPublished(pkg, SECONDS)
  for (const name of KEPT)
    await pkg.patchPodStatus(podName(name, 1), { podIP: '10.0.3.1', podIPs: [{ ip: '10.0.3.1' }] })
  await eventually(asItIs, Array(4).fill('tcp://10.0.3.1:1234'), SECONDS)
  t.diagnostic(`follows what is true ${((performance.now() - start) / 1000).toFixed(1)} s after the API server is back`)
  await setTimeout(5000)
  assert.deepEqual([[...(await pkg.pods())].sort(), await asItIs()], [pods, Array(4).fill('tcp://10.0.3.1:1234')])
  await pkg.applyBuildkit('b', podName('b', 1))
  await eventually(columns(pkg, 'b'), ['tcp://10.0.0.2:1234', 'True', 'PodReady'], 5)
  const evidence = stage.controller().log.filter(({ msg }) => msg.startsWith('the API server has another history'))
  for (const { evidence: text } of evidence) t.diagnostic(String(text))
  assert.ok(evidence.length > 0)
}

/** A Pod of a Buildkit, the version-th, that is ready and published. */
async function serve(pkg: Package, name: string, version: number): Promise<void> {
  await pkg.applyPod(name, podName(name, version))
  await pkg.applyBuildkit(name, podName(name, version))
  await pkg.runPod(podName(name, version), addressOf(name, version))
  await eventually(columns(pkg, name), [`tcp://${addressOf(name, version)}:1234`, 'True', 'PodReady'])
}

function addressOf(name: string, version: number): string {
  return `10.0.${version}.${name.charCodeAt(0)}`
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
