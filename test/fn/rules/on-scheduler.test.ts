import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { DEFAULT_CONFIG } from '../../../fn/config/render-config.ts'
import { decide } from '../../../fn/output/render.ts'
import { needs } from '../../harness/servers/binaries.ts'
import { nodeOf, type SchedulingCluster, startSchedulingCluster } from '../scheduling-cluster.ts'
import { itemsOf, resultsOf } from './rules-broken.ts'

/** What a scheduler takes for nodes; no kubelet runs anything there. */
const NODES = [
  { name: 'a', labels: { disk: 'nvme', cores: '64' } },
  { name: 'b', labels: { disk: 'ssd', cores: '4' } },
]

const one = (key: string, operator: string, ...values: string[]) => ({
  matchExpressions: [{ key, operator, ...(values.length > 0 && { values }) }],
})
const required = (...nodeSelectorTerms: object[]) => ({
  affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } },
})
const preferred = (preference: object) => ({
  affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, preference }] } },
})
const beside = (labelSelector?: object) => ({
  affinity: {
    podAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [
        { topologyKey: 'disk', ...(labelSelector && { labelSelector }) },
      ],
    },
  },
})

/** A template's `scheduling`, and the rule that says no node will be found for it. */
const cases: readonly (readonly [name: string, scheduling: object, rule: string | undefined])[] = [
  ['nothing', {}, undefined],
  ['a label', { nodeSelector: { disk: 'ssd' } }, undefined],
  ['a label and its contrary', { nodeSelector: { disk: 'ssd' }, ...required(one('disk', 'In', 'nvme')) }, 'BK517'],
  [
    'a term that fits no node, and one that fits',
    required(one('disk', 'DoesNotExist'), one('cores', 'Gt', '4')),
    undefined,
  ],
  ['no condition', required({}), 'BK517'],
  ['more than a number', required(one('cores', 'Gt', '4')), undefined],
  ['more than no number', required(one('cores', 'Gt', '4.5')), 'BK517'],
  ['more than no number, or something else', required(one('cores', 'Gt', '4.5'), one('disk', 'Exists')), undefined],
  ['rather more than a number', preferred(one('cores', 'Gt', '4')), undefined],
  ['rather more than no number', preferred(one('cores', 'Gt', 'four')), 'BK522'],
  ['rather what no node can have', preferred(one('disk', 'In', 'nvme or ssd')), 'BK522'],
  ['rather nothing', preferred({}), undefined],
  ['beside other builders', beside({ matchLabels: { 'app.kubernetes.io/name': 'buildkit' } }), undefined],
  ['beside no Pods', beside(), 'BK519'],
]

suite('rules about nodes and a real scheduler', {
  skip: needs('etcd', 'kube-apiserver', 'kubectl', 'kube-scheduler'),
}, () => {
  let cluster: SchedulingCluster
  before(async () => {
    cluster = await startSchedulingCluster(NODES)
  })
  after(() => cluster.stop())

  for (const [name, scheduling, rule] of cases) {
    test(`${name}: ${rule ?? 'no rule'} speaks, and the Pod ${rule ? 'stays Pending' : 'gets a node'}`, async () => {
      const manifest = JSON.stringify({ kind: 'BuildkitTemplate', spec: { scheduling } })
      const said = resultsOf(manifest).flatMap(({ tags }) => tags?.rule ?? [])
      const [isScheduled] = await getNodes(cluster, manifest)
      assert.deepEqual({ said, isScheduled }, { said: rule ? [rule] : [], isScheduled: rule === undefined })
    })
  }

  test('with `mismatchLabelKeys` a changed builder starts beside the Pod that it replaces, and not beside another builder', async () => {
    const term = {
      topologyKey: 'disk',
      labelSelector: { matchLabels: { apart: 'true' } },
      mismatchLabelKeys: ['buildkit.seatgeek.io/buildkit'],
    }
    const affinity = { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } }
    const scheduling = { nodeSelector: { disk: 'ssd' }, affinity }
    const builder = (name: string, port: number) => {
      const template = { kind: 'BuildkitTemplate', spec: { podLabels: { apart: 'true' }, port, scheduling } }
      const buildkit = { kind: 'Buildkit', metadata: { name } }
      return [template, buildkit].map((object) => JSON.stringify(object)).join('\n---\n')
    }
    assert.deepEqual(await getNodes(cluster, builder('shop', 1234)), [true])
    assert.deepEqual(await getNodes(cluster, builder('shop', 8372)), [true])
    assert.deepEqual(await getNodes(cluster, builder('web', 1234)), [false])
  })
})

/** Whether the scheduler finds a node for each Pod of these manifests; comes back when it has said so of all. */
async function getNodes({ request }: SchedulingCluster, manifests: string): Promise<readonly boolean[]> {
  const { wanted } = decide(itemsOf(manifests), DEFAULT_CONFIG).plan
  const found: boolean[] = []
  for (const { pod } of wanted.flatMap(({ pods }) => pods)) found.push((await nodeOf(request, pod)) !== undefined)
  return found
}
