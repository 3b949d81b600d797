import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { BUILDKIT_LABEL } from '../../../crds/names.ts'
import { needs } from '../../harness/servers/binaries.ts'
import type { Cluster } from '../../harness/servers/cluster.ts'
import { startController } from '../../harness/servers/controller-process.ts'
import { eventually } from '../../harness/servers/eventually.ts'
import { limitMemory } from '../../harness/servers/memory-limit.ts'
import type { Package } from '../../harness/servers/package.ts'
import { startStage } from '../../harness/servers/stage.ts'
import { startCrowdedServer } from './crowd.ts'
import { BOTH, bringUpAll, ipsOf, podsOf, podsOfAll, type Shown, type Sized, showing, shown } from './sized.ts'

/** The limit that the chart sets. */
const MEGABYTES = 256
const CROWD = { builders: 10_000, fatPods: 400 }
const CHANGES = 150
/** Of the tenant on a real API server. */
const FAT_PODS = 60

test('ten thousand builders beside 400 Pods of 1.4 MB need no more memory than the chart allows', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'crowd-'))
  const server = await startCrowdedServer(CROWD)
  const limit = await limitMemory(MEGABYTES)
  const kubeconfig = join(folder, 'kubeconfig')
  await writeFile(kubeconfig, kubeconfigOf(server.url))
  const controller = await startController([`--kubeconfig=${kubeconfig}`, '--leader-elect'], limit)
  try {
    await controller.ready()
    const started = controller.peakMegabytes()
    assert.equal(await controller.metric('buildkit_cache_objects', 'pods'), CROWD.builders + CROWD.fatPods)
    await server.changeFatPods(CHANGES)
    const changes = () => controller.metric('buildkit_watch_events_total', 'MODIFIED')
    await eventually(changes, CHANGES)
    const peak = controller.peakMegabytes()
    assert.ok(peak < MEGABYTES, `${peak} MB`)
    t.diagnostic(
      `${started.toFixed(0)} MB when it was ready, ${peak.toFixed(0)} MB after ${CHANGES} fat Pods had changed`,
    )
  } finally {
    await controller.stop()
    await limit.remove()
    await server.stop()
    await rm(folder, { recursive: true })
  }
})

test('huge Pods of one tenant do not keep the endpoints of another on failed Pods', {
  skip: needs('etcd', 'kube-apiserver', 'kubectl'),
}, async (t) => {
  const limit = await limitMemory(MEGABYTES)
  const stage = await startStage([], { launch: limit })
  try {
    const [quiet, fat] = await Promise.all([stage.createPackage(), stage.createPackage()])
    await bringUpAll(quiet, BOTH)
    await stage.controller().stop()
    for (let index = 0; index < FAT_PODS; index++) await createFatPod(stage.cluster, fat, index)
    const controller = await stage.startController()
    await controller.ready()
    assert.equal(await controller.metric('buildkit_cache_objects', 'pods'), FAT_PODS + podsOfAll(BOTH, 1).length)
    for (const sized of BOTH) {
      await quiet.patchPodStatus(podsOf(sized, 1)[0] as string, { phase: 'Failed', reason: 'Evicted' })
      await eventually(shown(quiet, sized), withoutFirst(sized))
    }
    const peak = controller.peakMegabytes()
    assert.ok(peak < MEGABYTES, `${peak} MB`)
    t.diagnostic(`${peak.toFixed(0)} MB beside ${FAT_PODS} Pods of up to 1.4 MB, in a cgroup: ${limit.isEnforced}`)
  } finally {
    await stage.stop()
    await limit.remove()
  }
})

/** What is to be seen of a builder whose first Pod was evicted. */
function withoutFirst(sized: Sized): Shown {
  return showing(ipsOf(sized, 1).slice(1), 'Evicted')
}

/** As large as an API server takes it; each tenth is six times as large in JSON, where `<` is `\u003c`. */
async function createFatPod({ request }: Cluster, { namespace }: Package, index: number): Promise<void> {
  const fill = index % 10 === 0 ? '<' : 'x'
  const { status } = await request('POST', `/api/v1/namespaces/${namespace}/pods`, {
    metadata: { name: `fat-${index}`, labels: { [BUILDKIT_LABEL]: `fat-${index}` } },
    spec: {
      nodeSelector: { no: 'node' },
      containers: [{ name: 'buildkit', image: 'buildkit', args: [fill.repeat(1_400_000)] }],
    },
  })
  assert.equal(status, 201)
}

function kubeconfigOf(server: URL): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'crowd', cluster: { server: server.href } }],
    users: [{ name: 'crowd', user: { token: 'crowd' } }],
    contexts: [{ name: 'crowd', context: { cluster: 'crowd', user: 'crowd' } }],
    'current-context': 'crowd',
  })
}
