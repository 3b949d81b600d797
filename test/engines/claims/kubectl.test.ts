import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { type EngineStage, startEngineStage } from '../../harness/engines/engine-stage.ts'
import { look } from '../../harness/engines/look.ts'
import { render } from '../../harness/engines/render.ts'
import { startKubectl } from '../../harness/engines/start-kubectl.ts'
import { binary, needs } from '../../harness/servers/binaries.ts'
import { eventually } from '../../harness/servers/eventually.ts'
import { runProgram } from '../../harness/servers/run-program.ts'
import { START } from './builders.ts'
import { phasesOf } from './claims-of.ts'
import { create, grow, growWhatCannot } from './growth.ts'
import { packageOf } from './package-of.ts'
import { recreate } from './succession.ts'

suite('under kubectl', {
  skip: needs('etcd', 'kube-apiserver', 'kubectl', 'kube-controller-manager', 'kube-scheduler'),
}, () => {
  let stage: EngineStage
  before(async () => {
    stage = await startEngineStage(startKubectl, { hasStorage: true })
  })
  after(() => stage.stop())

  test('claims are created, grow and stay from Pod to Pod', async (t) => {
    const story = { ...stage, tell: (text: string) => t.diagnostic(text) }
    for (const chapter of [create, grow, growWhatCannot, recreate]) await chapter(story)
  })

  test('a smaller size is refused by the API server, and the builder serves', async () => {
    const { engine, cluster } = stage
    const said = await engine.refused(packageOf(START))
    assert.match(said, /spec\.resources\.requests\.storage: Forbidden: field can not be less than status\.capacity/)
    assert.equal((await look(cluster, 'shop')).ready, 'True PodReady')
  })

  test('a claim stays when its Buildkit is deleted, until somebody deletes it', async () => {
    const { cluster } = stage
    await cluster.kubectl(['delete', 'buildkit', 'leaves', '--namespace=default'])
    await eventually(async () => (await look(cluster, 'leaves')).pods, [], 90)
    assert.deepEqual(await phasesOf(cluster, 'leaves'), ['Bound'])
    await cluster.kubectl(['delete', 'pvc', '--selector=buildkit.seatgeek.io/buildkit=leaves', '--namespace=default'])
    await eventually(() => phasesOf(cluster, 'leaves'), [])
  })

  test('an ApplySet prunes claims, also those that are to be retained', async () => {
    const { cluster } = stage
    await cluster.request('POST', '/api/v1/namespaces', { metadata: { name: 'set' } })
    const { leaves, kept } = START
    const engine = { retirement: 'engine' }
    const apply = async (manifests: string) => {
      const flags = ['--namespace=set', '--prune', '--applyset=builders', '-f', '-']
      const env = { ...process.env, KUBECTL_APPLYSET: 'true', KUBECONFIG: cluster.kubeconfig }
      const { code, stderr } = await runProgram(binary('kubectl'), ['apply', ...flags], {
        input: await render(manifests),
        env,
      })
      assert.equal(code, 0, stderr)
    }
    await apply(packageOf({ leaves, kept }, engine, 'set'))
    for (const name of ['leaves', 'kept'])
      await eventually(async () => (await look(cluster, name, 'set')).ready, 'True PodReady')
    await apply(packageOf({ shop: START.shop }, engine, 'set'))
    for (const name of ['leaves', 'kept']) await eventually(() => phasesOf(cluster, name, 'set'), [])
  })
})
