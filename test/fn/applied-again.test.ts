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
import { objectManifest, pathOf, podManifest } from './rules/pod-manifest.ts'

const RUNS = { seed: 20_261_130, numRuns: 200 }
/** Beyond it there is no room in a Pod's annotations for the copy of itself that `kubectl apply` leaves there; BK540 warns of that. */
const BYTES_MAX = 200_000

/** A server rounds up to a thousandth, and drops a variable's empty value. Nobody writes either, and to write it as stored would move a hash. */
const STORED_OTHERWISE = /"[0-9]+[nu]"|"value":""/

/** The Pods of random builders, and what they have beside them, none twice. */
function randomObjects() {
  const objects = fc.sample(anyBuilder, RUNS).flatMap(({ template, buildkit }) => {
    const { plan } = decide(
      [template, buildkit].map((object) => listItem(emit([object], 0))),
      DEFAULT_CONFIG,
    )
    return plan.wanted.flatMap(({ pods, beside }) => [
      ...pods.map(({ pod }) => podManifest(pod)),
      ...beside.map(({ contents }) => objectManifest(contents)),
    ])
  })
  return [...new Map(objects.map((object) => [`${object.kind} ${object.metadata.name}`, object])).values()]
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
    const asked = randomObjects().filter((object) => {
      const text = JSON.stringify(object)
      return text.length < BYTES_MAX && !STORED_OTHERWISE.test(text)
    })
    const answers = await Promise.all(
      asked.map((object) => cluster.request('POST', `${pathOf(object.kind)}?dryRun=All`, object)),
    )
    const accepted = asked.filter((_, at) => answers[at]?.status === 201)
    assert.ok(accepted.length > 80, `accepted only ${accepted.length}`)
    await assertUnchangedWhenAppliedAgain(cluster, accepted.map((object) => emit(object, 0)).join('---\n'))
  })
})
