import assert from 'node:assert/strict'
import { look } from '../../harness/engines/look.ts'
import { eventually, nextSecond } from '../../harness/servers/eventually.ts'
import { phasesOf } from '../claims/claims-of.ts'
import { packageOf } from '../claims/package-of.ts'
import { SECONDS, type Story } from '../claims/story.ts'
import { builders, NAMES, OTHER, RETAINED, SECOND } from './builders.ts'
import { podNamesOf, storedParts } from './replicas-of.ts'
import { keepsServing, settle, settled } from './story.ts'

/** What the controller takes to make sure that a Buildkit is gone, and some. */
const GONE_SECONDS = 90

export async function changeNumber(story: Story): Promise<void> {
  const { tell } = story
  const first = () => Promise.all(NAMES.map((name) => firstOf(story, name)))
  const before = await first()
  await nextSecond()
  await keepsServing(story, { scratch: 1, warm: 1 }, () => settle(story, builders({ image: SECOND, replicas: 1 })))
  await eventually(() => phasesOf(story.cluster, 'warm'), ['Bound'], SECONDS)
  tell('Of three Pods the first is left, with its claim and without a budget.')
  await nextSecond()
  await keepsServing(story, { scratch: 1, warm: 1 }, () => settle(story, builders({ image: SECOND, replicas: 2 })))
  assert.deepEqual(await phasesOf(story.cluster, 'warm'), ['Bound', 'Bound'])
  assert.deepEqual(await first(), before)
  tell('There are two Pods again, with a claim each and a budget, and the first was never restarted.')
}

/** The first Pod of a builder, and its claim. */
async function firstOf({ cluster }: Story, name: string) {
  const [podName] = await podNamesOf(cluster, name)
  const [, pods] = await storedParts(cluster, name)
  const pod = pods.find(({ metadata }) => metadata.name === podName)
  return [podName, pod.metadata.uid, pod.status.podIP]
}

/** All builders with replicas leave Git. */
export async function leave(story: Story): Promise<void> {
  const { engine, cluster, tell } = story
  await settle(story, { ...builders({ image: SECOND, replicas: 2 }), ...RETAINED })
  await engine.sync(packageOf(OTHER))
  for (const name of [...NAMES, 'retained']) {
    await eventually(async () => (await look(cluster, name)).pods, [], GONE_SECONDS)
    const [buildkit, , budget] = await storedParts(cluster, name)
    assert.deepEqual([name, buildkit, budget], [name, undefined, undefined])
  }
  await eventually(() => phasesOf(cluster, 'warm'), [], SECONDS)
  assert.deepEqual(await phasesOf(cluster, 'retained'), ['Bound', 'Bound'])
  await settled(story, OTHER)
  tell('The builders have left Git: their Pods, budgets and claims are gone, but those that are retained.')
}
