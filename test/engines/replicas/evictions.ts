import assert from 'node:assert/strict'
import { eventually } from '../../harness/servers/eventually.ts'
import { packageOf } from '../claims/package-of.ts'
import { SECONDS, type Story } from '../claims/story.ts'
import { builders, FIRST, NAMES, SECOND } from './builders.ts'
import { evict, podNamesOf, replicasOf } from './replicas-of.ts'
import { keepsServing, report, settled, volumesOf } from './story.ts'

const [ALLOWED, REFUSED] = [201, 429]

/** A drain takes the Pod behind `endpoint`, and wants another one. */
export async function drain(story: Story): Promise<void> {
  const { engine, cluster, kubelet, tell } = story
  const inGit = builders({ image: FIRST, replicas: 3 })
  const volumes = await volumesOf(story, 'warm')
  await keepsServing(story, { scratch: 2, warm: 2 }, async () => {
    for (const name of NAMES) {
      const { pod, other, left } = await preferredOf(story, name)
      const release = kubelet.hold(pod)
      const start = performance.now()
      assert.equal(await evict(cluster, pod), ALLOWED)
      await eventually(async () => (await replicasOf(cluster, name)).preferred === pod, false, SECONDS)
      const seconds = ((performance.now() - start) / 1000).toFixed(1)
      await eventually(() => stateOf(story, name), { ready: 'False WaitingForTermination', listed: left }, SECONDS)
      assert.equal(await evict(cluster, other), REFUSED)
      tell(
        `The Pod behind the endpoint of "${name}" is evicted: after ${seconds} s the endpoint is that of another one. The budget refuses a second eviction, and ${await report(story)}.`,
      )
      release()
      await eventually(async () => (await replicasOf(cluster, name)).pods.includes(`(${pod})`), false, SECONDS)
    }
    if (!engine.healsByItself) await engine.sync(packageOf(inGit))
    await settled(story, inGit)
  })
  assert.deepEqual(await volumesOf(story, 'warm'), volumes)
  tell('The Pods have ended and are back under their names, with their claims.')
}

/** The engine is down when Pods are evicted. */
export async function drainWithoutEngine(story: Story): Promise<void> {
  const { engine, cluster, tell } = story
  if (!engine.crash) return
  const start = await engine.crash()
  await keepsServing(story, { scratch: 2, warm: 2 }, async () => {
    for (const name of NAMES) {
      const { pod, other, left } = await preferredOf(story, name)
      assert.equal(await evict(cluster, pod), ALLOWED)
      await eventually(() => stateOf(story, name), { ready: 'False PodMissing', listed: left }, SECONDS)
      assert.equal(await evict(cluster, other), REFUSED)
    }
    tell(`${engine.name} is down, and a Pod of each builder is evicted: the others serve, and none of them may go.`)
    await start()
    // Argo CD does so by itself after two to three minutes.
    await engine.again()
    await settled(story, builders({ image: SECOND, replicas: 3 }))
  })
  tell(`${engine.name} is back, and so are the Pods.`)
}

/** The Pod behind the endpoint of a builder, another one, and all that are left without the first, in order. */
async function preferredOf({ cluster }: Story, name: string) {
  const { preferred: pod = '' } = await replicasOf(cluster, name)
  const left = (await podNamesOf(cluster, name)).filter((podName) => podName !== pod)
  const [other = ''] = left
  return { pod, other, left }
}

async function stateOf({ cluster }: Story, name: string) {
  const { ready, listed } = await replicasOf(cluster, name)
  return { ready, listed: listed.map((entry) => entry.split(' ')[0] ?? '') as readonly string[] }
}
