import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { DEFAULT_CONFIG } from '../../../fn/config/render-config.ts'
import { decide } from '../../../fn/output/render.ts'
import { spread } from '../../../fn/render/spread.ts'
import { needs } from '../../harness/servers/binaries.ts'
import { pathOf } from '../rules/pod-manifest.ts'
import { itemsOf } from '../rules/rules-broken.ts'
import { nodeOf, type SchedulingCluster, startSchedulingCluster } from '../scheduling-cluster.ts'

test('a replica would rather be away from the others than from the Pod before it, beside what its template asks for', () => {
  const own = { weight: 1, podAffinityTerm: { topologyKey: 'zone', labelSelector: {} } }
  const affinity = {
    nodeAffinity: {},
    podAntiAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [],
      preferredDuringSchedulingIgnoredDuringExecution: [own],
    },
  }
  const others = {
    weight: 100,
    podAffinityTerm: {
      labelSelector: {
        matchLabels: { 'buildkit.seatgeek.io/buildkit': 'shop' },
        matchExpressions: [{ key: 'buildkit.seatgeek.io/replica', operator: 'NotIn', values: ['2'] }],
      },
      topologyKey: 'kubernetes.io/hostname',
    },
  }
  assert.deepEqual(spread(affinity, 'shop', 2), {
    nodeAffinity: {},
    podAntiAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [],
      preferredDuringSchedulingIgnoredDuringExecution: [own, others],
    },
  })
  assert.deepEqual(spread(undefined, 'shop', 2), {
    podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [others] },
  })
})

/** Alone, each Pod would get the first node, which is the emptiest. */
suite('replicas on a real scheduler', { skip: needs('etcd', 'kube-apiserver', 'kube-scheduler') }, () => {
  const nodes = ['a', 'b', 'c'].map((name) => ({ name, labels: {} }))
  let cluster: SchedulingCluster
  before(async () => {
    cluster = await startSchedulingCluster(nodes)
    for (const nodeName of ['b', 'c']) {
      const containers = [{ name: 'busy', image: 'busy', resources: { requests: { cpu: '40', memory: '160Gi' } } }]
      const pod = {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: `busy-${nodeName}` },
        spec: { nodeName, containers },
      }
      assert.equal((await cluster.request('POST', pathOf('Pod'), pod)).status, 201)
    }
  })
  after(() => cluster.stop())

  const nodesOf = async (name: string, replicas: number, inOrder: <T>(pods: readonly T[]) => readonly T[]) => {
    const manifests = [{ kind: 'BuildkitTemplate' }, { kind: 'Buildkit', metadata: { name }, spec: { replicas } }]
    const items = itemsOf(manifests.map((object) => JSON.stringify(object)).join('\n---\n'))
    const pods = decide(items, DEFAULT_CONFIG).plan.wanted.flatMap((one) => one.pods.map(({ pod }) => pod))
    const found: (string | undefined)[] = []
    for (const pod of inOrder(pods)) found.push(await nodeOf(cluster.request, pod))
    return found
  }

  test('have a node each, whether the first comes first or last', async () => {
    assert.deepEqual((await nodesOf('first', 3, (pods) => pods)).sort(), ['a', 'b', 'c'])
    assert.deepEqual((await nodesOf('last', 3, (pods) => pods.toReversed())).sort(), ['a', 'b', 'c'])
  })

  test('are on one node where they are those of different builders', async () => {
    assert.deepEqual(
      [await nodesOf('one', 1, (pods) => pods), await nodesOf('other', 1, (pods) => pods)],
      [['a'], ['a']],
    )
  })
})
