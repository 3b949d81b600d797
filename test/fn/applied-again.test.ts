import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import fc from 'fast-check'
import { DEFAULT_CONFIG } from '../../fn/config/render-config.ts'
import { listItem } from '../../fn/input/item-of-text.ts'
import { decide } from '../../fn/output/render.ts'
import { emit } from '../../fn/yaml/emit.ts'
import { needs } from '../harness/servers/binaries.ts'
import { type Cluster, startCluster } from '../harness/servers/cluster.ts'
import { assertUnchangedWhenAppliedAgain } from './assert-unchanged-when-applied-again.ts'
import { anyBuilder } from './rules/any-builder.ts'
import { podManifest } from './rules/pod-manifest.ts'

const PODS = '/api/v1/namespaces/default/pods?dryRun=All'
const RUNS = { seed: 20_261_130, numRuns: 200 }
/** Beyond it there is no room in a Pod's annotations for the copy of itself that `kubectl apply` leaves there; BK540 warns of that. */
const BYTES_MAX = 200_000

/** The Pods of random builders, none twice. */
function randomPods() {
  const pods = fc.sample(anyBuilder, RUNS).flatMap(({ template, buildkit }) => {
    const { plan } = decide(
      [template, buildkit].map((object) => listItem(emit([object], 0))),
      DEFAULT_CONFIG,
    )
    return plan.wanted.map(({ pod }) => podManifest(pod))
  })
  return [...new Map(pods.map((pod) => [pod.metadata.name, pod])).values()]
}

suite('what is applied again', { skip: needs('etcd', 'kube-apiserver', 'kubectl') }, () => {
  let cluster: Cluster
  before(async () => {
    cluster = await startCluster()
    const priorityClass = { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'builds' } }
    await cluster.request('POST', '/apis/scheduling.k8s.io/v1/priorityclasses', { ...priorityClass, value: 1000 })
    for (const name of ['default', 'buildkit', 'a-b.c'])
      await cluster.request('POST', '/api/v1/namespaces/default/serviceaccounts', { metadata: { name } })
  })
  after(() => cluster.stop())

  test('is unchanged, whatever of a template an API server accepts', async () => {
    const asked = randomPods().filter((pod) => JSON.stringify(pod).length < BYTES_MAX)
    const answers = await Promise.all(asked.map((pod) => cluster.request('POST', PODS, pod)))
    const accepted = asked.filter((_, at) => answers[at]?.status === 201)
    assert.ok(accepted.length > 80, `accepted only ${accepted.length}`)
    await assertUnchangedWhenAppliedAgain(cluster, accepted.map((pod) => emit(pod, 0)).join('---\n'))
  })
})
