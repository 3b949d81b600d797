import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { API_VERSION } from '../../../crds/names.ts'
import { needs } from '../../harness/servers/binaries.ts'
import { eventually, nextSecond } from '../../harness/servers/eventually.ts'
import { type Package, podName } from '../../harness/servers/package.ts'
import { startNoisyStage } from './noisy-stage.ts'
import { clockSetBy } from './shifted-clock.ts'
import { allServe, applyPods, BOTH, bringUpAll, podsOfAll, rollAll, run } from './sized.ts'

const HOUR = 3_600_000
const HANDOVER_SECONDS = 8

test('setting the clock does not change a grace', {
  skip: needs('etcd', 'kube-apiserver', 'kubectl'),
}, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'clock-'))
  const set = (milliseconds: number) => writeFile(join(folder, 'ahead'), `${milliseconds}`)
  await set(0)
  const launch = clockSetBy(join(folder, 'ahead'))
  const stage = await startNoisyStage([`--handover-grace=${HANDOVER_SECONDS}s`], { launch })
  try {
    const early = await stage.createPackage()
    await early.applyPod('early', podName('early', 1))
    const pkg = await stage.createPackage()
    await bringUpAll(pkg, BOTH)
    await handOver(pkg, { to: 2, set: () => set(HOUR), t })
    await handOver(pkg, { to: 3, set: () => set(0), t })
    await set(HOUR / 6)
    const unmanaged = { metadata: { managedFields: [{}] } }
    const buildkits = `/apis/${API_VERSION}/namespaces/${pkg.namespace}/buildkits`
    for (const { buildkit } of BOTH) await stage.cluster.request('PATCH', `${buildkits}/${buildkit}`, unmanaged)
    await nextSecond()
    for (const sized of BOTH) {
      await applyPods(pkg, sized, 4)
      await run(pkg, sized, 4)
    }
    await setTimeout((HANDOVER_SECONDS + 2) * 1000)
    const left = await pkg.pods()
    const next = podsOfAll(BOTH, 4)
    assert.deepEqual(
      left.filter((name) => next.includes(name)),
      next,
      'the next Pods stay until their Buildkit names them',
    )
    assert.deepEqual(await early.pods(), [podName('early', 1)])
  } finally {
    await stage.stop()
    await rm(folder, { recursive: true })
  }
})

interface Roll {
  /** The version that follows the one before. */
  readonly to: number
  /** Sets the clock while the old Pods have their grace. */
  readonly set: () => Promise<void>
  readonly t: TestContext
}

async function handOver(pkg: Package, { to, set, t }: Roll): Promise<void> {
  await nextSecond()
  await rollAll(pkg, BOTH, to)
  await allServe(pkg, BOTH, { version: to })
  const start = performance.now()
  await setTimeout(2000)
  await set()
  const old = podsOfAll(BOTH, to - 1)
  // Something happens, so that the controller looks.
  for (const name of old) await pkg.patchPodStatus(name, { message: 'x' })
  const going = async () => (await pkg.pods()).filter((name) => old.includes(name.replace(/[()]/g, '')))
  const soon = HANDOVER_SECONDS * 1000 - 1000 - (performance.now() - start)
  await setTimeout(soon)
  assert.deepEqual(await going(), old, 'none goes before its grace has ended')
  await eventually(
    going,
    old.map((name) => `(${name})`),
  )
  const seconds = (performance.now() - start) / 1000
  t.diagnostic(
    `the last of ${old.length} old Pods went ${seconds.toFixed(1)} s after the endpoints had moved, of ${HANDOVER_SECONDS}`,
  )
  assert.ok(seconds < HANDOVER_SECONDS + 6)
}
