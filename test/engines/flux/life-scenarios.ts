import assert from 'node:assert/strict'
import { setTimeout } from 'node:timers/promises'
import { API_VERSION, RETIREMENT_ANNOTATION } from '../../../crds/names.ts'
import { configured } from '../../harness/engines/flux/configured.ts'
import {
  APPLIED,
  type Builder,
  builderUnder,
  FIRST,
  newBuilder,
  READY,
  SECOND,
  verdict,
} from '../../harness/engines/flux/flux-stage.ts'
import { MISSING_IMAGE, NO_NODE } from '../../harness/engines/kubelet.ts'
import { eventually, nextSecond } from '../../harness/servers/eventually.ts'
import type { Scenarios } from './scenarios.ts'

/** In milliseconds. */
const LONGER_THAN_THE_INTERVAL = 5000
/** In seconds; Flux waits for health for half a minute at least. */
const SHORTER_THAN_THE_TIMEOUT = 15
const BY_ENGINE = configured('retirement-engine')

/** What happens to Pods and Buildkits in the cluster while Git stays, and while it changes. */
export const LIFE: Scenarios = {
  'a deleted Pod is recreated at the next interval': async (stage) => {
    const builder = await builderUnder(stage)
    const { pods, endpoint } = await builder.look()
    await stage.cluster.request('DELETE', `/api/v1/namespaces/${builder.namespace}/pods/${pods[0]}`)
    await eventually(async () => (await builder.look()).endpoint, '')
    await eventually(async () => (await builder.look()).ready, READY)
    const after = await builder.look()
    assert.deepEqual(after.pods, pods)
    assert.notEqual(after.endpoint, endpoint)
  },

  'a deleted Pod that drains for longer than the interval is recreated soon after its end': async (stage) => {
    const builder = await newBuilder(stage)
    await builder.push(await builder.rendered({ ...FIRST, port: 4321 }))
    await eventually(async () => (await builder.look()).ready, READY)
    const { pods } = await builder.look()
    const release = stage.kubelet.hold(String(pods[0]))
    await stage.cluster.request('DELETE', `/api/v1/namespaces/${builder.namespace}/pods/${pods[0]}`)
    await setTimeout(LONGER_THAN_THE_INTERVAL)
    release()
    await eventually(async () => (await builder.look()).ready, READY, SHORTER_THAN_THE_TIMEOUT)
    assert.deepEqual((await builder.look()).pods, pods)
  },

  'an edited Buildkit is reverted at the next interval, and its endpoint stays': async (stage) => {
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

  'a changed annotation for engines does not reach an existing Pod, and is not drift': async (stage) => {
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

  'a Pod that left Git serves until the new one does, even if Flux has forgotten it': async (stage) => {
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

  'with `retirement: engine` Flux prunes the old Pod at once, even if the new one cannot start': async (stage) => {
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

  'an empty push prunes every Buildkit, and their Pods stay if it is reverted soon': async (stage) => {
    const builder = await builderUnder(stage)
    const before = await builder.look()
    await builder.push('')
    await eventually(() => verdict(builder), APPLIED)
    assert.deepEqual(await builder.look(), { endpoint: '', ready: '', pods: before.pods })
    await builder.push(await builder.rendered(FIRST))
    await eventually(() => builder.look(), before)
  },

  'a suspended Kustomization applies nothing and recreates no Pod, and the status stays correct': async (stage) => {
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

  'deleting a suspended Kustomization deletes nothing else': async (stage) => {
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
