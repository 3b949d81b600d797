import assert from 'node:assert/strict'
import { eventually, nextSecond } from '../../harness/servers/eventually.ts'
import { packageOf } from '../claims/package-of.ts'
import { SECONDS, type Story } from '../claims/story.ts'
import { builders, FIRST, NAMES, SECOND, THIRD } from './builders.ts'
import { podNamesOf, replicasOf } from './replicas-of.ts'
import { keepsServing, report, settle, settled, volumesOf } from './story.ts'

export async function create(story: Story): Promise<void> {
  await settle(story, builders({ image: FIRST, replicas: 3 }))
  story.tell(
    `Two builders of three Pods serve, their budgets let one Pod go, and ${story.engine.name} reports ${story.engine.healthy}.`,
  )
}

/** Pods that can serve beside the old ones do so; those that can only follow go one after the other. */
const WORST = { scratch: 3, warm: 2 }

export async function roll(story: Story): Promise<void> {
  const volumes = await volumesOf(story, 'warm')
  await nextSecond()
  const before = await Promise.all(NAMES.map((name) => podNamesOf(story.cluster, name)))
  await keepsServing(story, WORST, () => settle(story, builders({ image: SECOND, replicas: 3 })))
  const after = (await Promise.all(NAMES.map((name) => podNamesOf(story.cluster, name)))).flat()
  assert.deepEqual(
    after.filter((name) => before.flat().includes(name)),
    [],
  )
  assert.deepEqual(await volumesOf(story, 'warm'), volumes)
  story.tell('All Pods are replaced: of those with a claim one after the other, on the same volumes.')
}

/** The old Pods of one builder drain, and one of three of the other, when Git goes back to them. */
export async function rollBack(story: Story): Promise<void> {
  const { engine, cluster, kubelet, tell } = story
  await nextSecond()
  const old = (await Promise.all(NAMES.map((name) => podNamesOf(cluster, name)))).flat()
  const volumes = await volumesOf(story, 'warm')
  const releases = old.map((pod) => kubelet.hold(pod))
  const draining = async (name: string) => (await replicasOf(cluster, name)).pods.filter((pod) => pod.startsWith('('))
  const back = builders({ image: SECOND, replicas: 3 })
  await keepsServing(story, WORST, async () => {
    await engine.sync(packageOf(builders({ image: THIRD, replicas: 3 })))
    await eventually(async () => (await draining('scratch')).length, 3, SECONDS)
    await eventually(async () => (await draining('warm')).length, 1, SECONDS)
    tell(`Another roll has begun: one builder has new Pods, of the other one Pod drains; ${await report(story)}.`)
    await nextSecond()
    await engine.sync(packageOf(back))
    for (const release of releases) release()
    for (const name of NAMES) await eventually(() => draining(name), [], SECONDS)
    if (!engine.healsByItself) await engine.sync(packageOf(back))
    await settled(story, back)
  })
  assert.deepEqual((await Promise.all(NAMES.map((name) => podNamesOf(cluster, name)))).flat(), old)
  assert.deepEqual(await volumesOf(story, 'warm'), volumes)
  tell('Git is rolled back: the Pods of before serve, and those of the broken off roll are gone.')
}
