import assert from 'node:assert/strict'
import { API_VERSION, RETIREMENT_ANNOTATION } from '../../../crds/names.ts'
import { configured } from '../../harness/engines/flux/configured.ts'
import {
  APPLIED,
  type Builder,
  builderUnder,
  FIRST,
  READY,
  SECOND,
  verdict,
} from '../../harness/engines/flux/flux-stage.ts'
import { MISSING_IMAGE, NO_NODE } from '../../harness/engines/kubelet.ts'
import { eventually, nextSecond } from '../../harness/servers/eventually.ts'
import type { Scenarios } from './scenarios.ts'

const BY_ENGINE = configured('retirement-engine')

/** What happens to Pods and Buildkits in the cluster while Git stays, and while it changes. */
export const LIFE: Scenarios = {
  'a Pod that somebody deletes is back at the next interval': async (stage) => {
    const builder = await builderUnder(stage)
    const { pods, endpoint } = await builder.look()
    await stage.cluster.request('DELETE', `/api/v1/namespaces/${builder.namespace}/pods/${pods[0]}`)
    await eventually(async () => (await builder.look()).endpoint, '')
    await eventually(async () => (await builder.look()).ready, READY)
    const after = await builder.look()
    assert.deepEqual(after.pods, pods)
    assert.notEqual(after.endpoint, endpoint)
  },

  'a Buildkit that somebody edits is as in Git again at the next interval, and its endpoint stays meanwhile': async (
    stage,
  ) => {
    const builder = await builderUnder(stage)
    const before = await builder.look()
    const path = `/apis/${API_VERSION}/namespaces/${builder.namespace}/buildkits/shop`
    const { spec } = (await stage.cluster.request('GET', path)).body
    await suspend(builder)
    await stage.cluster.request('PATCH', path, { spec: { template: 'large', podName: 'shop-2222222222' } })
    await eventually(() => builder.look(), { ...before, ready: 'False PodMissing' })
    await builder.configure({ suspend: null })
    await eventually(async () => (await stage.cluster.request('GET', path)).body.spec, spec)
    await eventually(() => builder.look(), before)
  },

  'an annotation for engines that changes in Git does not reach a Pod that exists, nor is that drift': async (
    stage,
  ) => {
    const builder = await builderUnder(stage)
    const rendered = await builder.rendered(FIRST)
    const changed = rendered.replace(/^ {2}annotations:\n/m, '$&    argocd.argoproj.io/sync-wave: "1"\n')
    assert.notEqual(changed, rendered)
    const [name] = (await builder.look()).pods
    const pod = async () =>
      (await stage.cluster.request('GET', `/api/v1/namespaces/${builder.namespace}/pods/${name}`)).body
    const before = await pod()
    await builder.push(changed)
    await builder.reconcile()
    assert.equal(await verdict(builder), APPLIED)
    assert.deepEqual(await pod(), before)
  },

  'a Pod that Git has not any more serves until the new one does, although Flux has forgotten it': async (stage) => {
    const builder = await builderUnder(stage)
    const before = await builder.look()
    await builder.push(await builder.rendered({ image: MISSING_IMAGE }))
    await eventually(async () => (await builder.look()).ready, 'False ImagePullBackOff')
    const { pods, endpoint } = await builder.look()
    const [broken] = pods.filter((pod) => !before.pods.includes(pod))
    assert.equal(endpoint, before.endpoint)
    // Flux writes it when it has applied all, which others see before.
    await eventually(() => builder.inventory(), ['Buildkit shop', 'BuildkitTemplate small', `Pod ${broken}`])
    await nextSecond()
    await builder.push(await builder.rendered(SECOND))
    await eventually(async () => (await builder.look()).pods.length, 1)
    await eventually(() => verdict(builder), APPLIED)
  },

  'with `retirement: engine` Flux prunes the old Pod at once, also when the new one cannot start': async (stage) => {
    const builder = await builderUnder(stage)
    await builder.push(await builder.rendered(SECOND, BY_ENGINE))
    await eventually(async () => (await builder.look()).pods.length, 1)
    const [second] = (await builder.look()).pods
    const pod = await stage.cluster.request('GET', `/api/v1/namespaces/${builder.namespace}/pods/${second}`)
    assert.equal(pod.body.metadata.annotations[RETIREMENT_ANNOTATION], 'engine')
    await builder.push(
      await builder.rendered({ ...FIRST, scheduling: { nodeSelector: { [NO_NODE]: 'x' } } }, BY_ENGINE),
    )
    await eventually(async () => (await builder.look()).pods.includes(String(second)), false)
    const seen = async () => {
      const { endpoint, ready } = await builder.look()
      return { endpoint, ready }
    }
    await eventually(seen, { endpoint: '', ready: 'False Unschedulable' })
  },

  'a push of nothing prunes every Buildkit, and their Pods stay if the mistake is soon mended': async (stage) => {
    const builder = await builderUnder(stage)
    const before = await builder.look()
    await builder.push('')
    await eventually(() => verdict(builder), APPLIED)
    assert.deepEqual(await builder.look(), { endpoint: '', ready: '', pods: before.pods })
    await builder.push(await builder.rendered(FIRST))
    await eventually(() => builder.look(), before)
  },

  'a suspended Kustomization applies nothing and brings no Pod back, while the status stays true': async (stage) => {
    const builder = await builderUnder(stage)
    const { pods } = await builder.look()
    await suspend(builder)
    await builder.publish(await builder.rendered(SECOND))
    await stage.cluster.request('DELETE', `/api/v1/namespaces/${builder.namespace}/pods/${pods[0]}`)
    await eventually(async () => (await builder.look()).pods, [])
    await builder.reconcile()
    await eventually(() => builder.look(), { endpoint: '', ready: 'False PodMissing', pods: [] })
    await builder.configure({ suspend: null })
    await eventually(async () => (await builder.look()).ready, READY)
    assert.notDeepEqual((await builder.look()).pods, pods)
  },

  'a suspended Kustomization that is deleted leaves all that there is': async (stage) => {
    const builder = await builderUnder(stage)
    const before = await builder.look()
    await suspend(builder)
    await builder.remove()
    assert.deepEqual(await builder.look(), before)
  },
}

/** From then on nothing is under way any more. */
async function suspend({ configure, reconcile }: Builder): Promise<void> {
  await configure({ suspend: true })
  await reconcile()
}
