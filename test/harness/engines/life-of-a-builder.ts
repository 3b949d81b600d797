import assert from 'node:assert/strict'
import { eventually, nextSecond } from '../servers/eventually.ts'
import type { EngineStage } from './engine-stage.ts'
import { MISSING_IMAGE } from './kubelet.ts'
import { look } from './look.ts'
import { manifestsOf } from './manifests.ts'

/** Receives each event as it happens. */
export type Tell = (text: string) => void

const [FIRST, SECOND] = ['moby/buildkit:v0.34.1', 'moby/buildkit:v0.34.2']
const [BUILDER, NEIGHBOUR] = ['shop', 'search']
const SECONDS = 60

/**
 * The life of a builder under an engine: created, rolled, rolled back, broken, fixed, lost and deleted. Rejects if anything is not
 * as it must be, or if an endpoint was empty while a Pod could serve.
 */
export async function lifeOfABuilder(stage: EngineStage, tell: Tell): Promise<void> {
  const { engine, endpoints } = stage
  const story = { ...stage, tell: timed(tell) }
  await create(story)
  await roll(story)
  await rollBack(story)
  await breakAndFix(story)
  await losePod(story)
  await remove(story)
  story.tell(`The whole package is deleted, as users of ${engine.name} do it.`)
  await engine.destroy()
  await eventually(async () => (await look(stage.cluster, NEIGHBOUR)).pods, [], SECONDS)
  story.tell('No Buildkit and no Pod remains.')
  assert.deepEqual(await endpoints.stop(), [])
  story.tell('No endpoint was ever empty while a Pod could serve, and every endpoint led to a Pod that served.')
}

/** Each sentence with the seconds since the one before. */
export function timed(tell: Tell): Tell {
  let last = performance.now()
  return (text) => {
    const now = performance.now()
    tell(`${text} (${((now - last) / 1000).toFixed(1)} s)`)
    last = now
  }
}

async function create({ engine, cluster, tell }: EngineStage & { readonly tell: Tell }): Promise<void> {
  await engine.sync(manifestsOf({ image: FIRST, names: [BUILDER, NEIGHBOUR] }))
  tell('Git has two Buildkits and their template, and the engine has applied them.')
  await eventually(async () => (await look(cluster, BUILDER)).ready, 'True PodReady', SECONDS)
  await eventually(async () => (await look(cluster, NEIGHBOUR)).ready, 'True PodReady', SECONDS)
  await eventually(engine.health, engine.healthy, SECONDS)
  const { endpoint, pods } = await look(cluster, BUILDER)
  tell(`Pod ${pods[0]} is ready, the endpoint is ${endpoint}, and ${engine.name} reports: ${engine.healthy}.`)
}

type Story = EngineStage & { readonly tell: Tell }

async function roll(story: Story): Promise<void> {
  const { cluster, tell } = story
  const before = await look(cluster, BUILDER)
  await nextSecond()
  await story.engine.sync(manifestsOf({ image: SECOND, names: [BUILDER, NEIGHBOUR] }))
  tell('The template changes in Git.')
  await settle(story)
  const after = await look(cluster, BUILDER)
  assert.notDeepEqual(after.pods, before.pods)
  tell(`The endpoint has moved from ${before.endpoint} to ${after.endpoint}, and the old Pod is gone.`)
}

async function rollBack(story: Story): Promise<void> {
  const { cluster, tell } = story
  await nextSecond()
  await story.engine.sync(manifestsOf({ image: FIRST, names: [BUILDER, NEIGHBOUR] }))
  tell('Git is rolled back to the first template.')
  await settle(story)
  const { endpoint, pods } = await look(cluster, BUILDER)
  tell(`Pod ${pods[0]} exists again, and the endpoint is ${endpoint}.`)
}

async function breakAndFix(story: Story): Promise<void> {
  const { engine, cluster, tell } = story
  const before = await look(cluster, BUILDER)
  await nextSecond()
  await engine.sync(manifestsOf({ image: MISSING_IMAGE, names: [BUILDER, NEIGHBOUR] }))
  await eventually(async () => (await look(cluster, BUILDER)).ready, 'False ImagePullBackOff', SECONDS)
  const broken = await look(cluster, BUILDER)
  assert.equal(broken.endpoint, before.endpoint)
  tell(
    `Git names an image that does not exist: ${broken.ready}, the old Pod still serves, ${engine.name} reports: ${await engine.health()}.`,
  )
  await nextSecond()
  await engine.sync(manifestsOf({ image: FIRST, names: [BUILDER, NEIGHBOUR] }))
  await settle(story)
  assert.deepEqual(await look(cluster, BUILDER), before)
  tell('Git is fixed: the broken Pod is gone, and the endpoint is the same.')
}

async function losePod(story: Story): Promise<void> {
  const { engine, cluster, tell } = story
  const { endpoint, pods } = await look(cluster, BUILDER)
  await cluster.request('DELETE', `/api/v1/namespaces/default/pods/${pods[0]}`)
  await eventually(async () => (await look(cluster, BUILDER)).endpoint, '', SECONDS)
  tell(`Somebody deletes the Pod: the endpoint ${endpoint} is cleared at once.`)
  if (!engine.healsByItself) await engine.sync(manifestsOf({ image: FIRST, names: [BUILDER, NEIGHBOUR] }))
  await settle(story)
  const after = await look(cluster, BUILDER)
  assert.deepEqual(after.pods, pods)
  const who = engine.healsByItself
    ? `${engine.name} has created it again`
    : `${engine.name} has applied the package again`
  tell(`${who}: the endpoint is ${after.endpoint}.`)
}

async function remove(story: Story): Promise<void> {
  const { engine, cluster, tell } = story
  await engine.sync(manifestsOf({ image: FIRST, names: [NEIGHBOUR] }))
  await eventually(async () => (await look(cluster, BUILDER)).pods, [], SECONDS + 30)
  await eventually(engine.health, engine.healthy, SECONDS)
  tell('The Buildkit is removed from Git: after two checks, half a minute apart, its Pod is gone too.')
}

/** Waits until the builder has one Pod, which serves, and the engine reports health. */
async function settle({ engine, cluster }: Story): Promise<void> {
  const settled = async () => {
    const { endpoint, ready, pods } = await look(cluster, BUILDER)
    return { hasEndpoint: endpoint !== '', ready, pods: pods.filter((pod) => !pod.startsWith('(')).length }
  }
  await eventually(settled, { hasEndpoint: true, ready: 'True PodReady', pods: 1 }, SECONDS)
  await eventually(async () => (await look(cluster, BUILDER)).pods.length, 1, SECONDS)
  await eventually(engine.health, engine.healthy, SECONDS)
}
