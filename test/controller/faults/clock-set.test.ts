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

const HOUR = 3_600_000
const HANDOVER_SECONDS = 8
const REPLICAS = 3

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
    await serve(pkg, 1)
    await handOver(pkg, { to: 2, set: () => set(HOUR), t })
    await handOver(pkg, { to: 3, set: () => set(0), t })
    await set(HOUR / 6)
    const unmanaged = { metadata: { managedFields: [{}] } }
    await stage.cluster.request('PATCH', `/apis/${API_VERSION}/namespaces/${pkg.namespace}/buildkits/b`, unmanaged)
    await nextSecond()
    await pkg.applyPod('b', podName('b', 4))
    await pkg.runPod(podName('b', 4), '10.0.0.4')
    await setTimeout((HANDOVER_SECONDS + 2) * 1000)
    assert.ok((await pkg.pods()).includes(podName('b', 4)), 'the next Pod stays until its Buildkit names it')
    assert.deepEqual(await early.pods(), [podName('early', 1)])
  } finally {
    await stage.stop()
    await rm(folder, { recursive: true })
  }
})

interface Roll {
  /** The next version of the builder. */
  readonly to: number
  /** Sets the clock while the old Pods have their grace. */
  readonly set: () => Promise<void>
  readonly t: TestContext
}

/** The Pods of a version, of each replica one. */
function podNamesOf(version: number): readonly string[] {
  return Array.from({ length: REPLICAS }, (_, replica) => podName('b', version + 10 * replica))
}

/** The Pods of a version are current, and ready. */
async function serve(pkg: Package, version: number): Promise<void> {
  const names = podNamesOf(version)
  for (const [index, name] of names.entries()) await pkg.applyReplica('b', name, { index })
  await pkg.applyBuildkit('b', names)
  for (const [index, name] of names.entries()) await pkg.runPod(name, `10.${index}.0.${version}`)
  await eventually(async () => (await pkg.status('b')).readyReplicas, REPLICAS)
  const { endpoints } = await pkg.status('b')
  assert.deepEqual(
    endpoints.map(({ address }: { readonly address: string }) => address),
    names.map((_, index) => `tcp://10.${index}.0.${version}:1234`),
  )
}

async function handOver(pkg: Package, { to, set, t }: Roll): Promise<void> {
  const from = podNamesOf(to - 1)
  await nextSecond()
  await serve(pkg, to)
  const start = performance.now()
  await setTimeout(2000)
  await set()
  // Something happens, so that the controller looks.
  for (const name of from) await pkg.patchPodStatus(name, { message: 'x' })
  const kept = async () => (await pkg.pods()).filter((name) => from.includes(name))
  await eventually(kept, [])
  const seconds = (performance.now() - start) / 1000
  t.diagnostic(`the old Pods went ${seconds.toFixed(1)} s after the endpoint had moved, of ${HANDOVER_SECONDS}`)
  assert.ok(seconds > HANDOVER_SECONDS - 1 && seconds < HANDOVER_SECONDS + 6)
}
