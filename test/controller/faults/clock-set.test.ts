import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { API_VERSION } from '../../../crds/names.ts'
import { needs } from '../../harness/servers/binaries.ts'
import { eventually, nextSecond } from '../../harness/servers/eventually.ts'
import { bringUp, columns, type Package, podName } from '../../harness/servers/package.ts'
import { startNoisyStage } from './noisy-stage.ts'
import { clockSetBy } from './shifted-clock.ts'

const HOUR = 3_600_000
const HANDOVER_SECONDS = 8
const [first, second, third] = [1, 2, 3].map((version) => podName('b', version)) as [string, string, string]

test('a clock that is set makes no grace shorter or longer', {
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
    await bringUp(pkg, { buildkit: 'b', pod: first, ip: '10.0.0.1' })
    await handOver(pkg, { from: first, to: second, ip: '10.0.0.2', set: () => set(HOUR), t })
    await handOver(pkg, { from: second, to: third, ip: '10.0.0.3', set: () => set(0), t })
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
  readonly from: string
  readonly to: string
  readonly ip: string
  /** Sets the clock while the old Pod has its grace. */
  readonly set: () => Promise<void>
  readonly t: TestContext
}

async function handOver(pkg: Package, { from, to, ip, set, t }: Roll): Promise<void> {
  await nextSecond()
  await pkg.applyPod('b', to)
  await pkg.applyBuildkit('b', to)
  await pkg.runPod(to, ip)
  await eventually(columns(pkg, 'b'), [`tcp://${ip}:1234`, 'True', 'PodReady'])
  const start = performance.now()
  await setTimeout(2000)
  await set()
  // Something happens, so that the controller looks.
  await pkg.patchPodStatus(from, { message: 'x' })
  await eventually(async () => (await pkg.pods()).includes(`(${from})`), true)
  const seconds = (performance.now() - start) / 1000
  t.diagnostic(`the old Pod went ${seconds.toFixed(1)} s after the endpoint had moved, of ${HANDOVER_SECONDS}`)
  assert.ok(seconds > HANDOVER_SECONDS - 1 && seconds < HANDOVER_SECONDS + 6)
}
