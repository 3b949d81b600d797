import assert from 'node:assert/strict'
import { look } from '../../harness/engines/look.ts'

import { eventually, nextSecond } from '../../harness/servers/eventually.ts'
import { ALONE, ALONE_ROLLED, MOVED, ROLLED } from './builders.ts'
import { claimsOf, hasVolume, phasesOf } from './claims-of.ts'
import { packageOf } from './package-of.ts'
import { SECONDS, type Story, served, settled, staysQuiet } from './story.ts'

export async function recreate(story: Story): Promise<void> {
  const { engine, cluster, kubelet, tell } = story
  await nextSecond()
  const before = await look(cluster, 'shop')
  const claims = await claimsOf(cluster, 'shop')
  const [old = ''] = before.pods
  const release = kubelet.hold(old)
  const synced = engine.sync(packageOf(ROLLED))
  await eventually(async () => (await look(cluster, 'shop')).pods.includes(`(${old})`), true, SECONDS)
  await eventually(async () => (await look(cluster, 'shop')).ready, 'False WaitingForHandover', SECONDS)
  const between = async () => {
    const { endpoint, pods } = await look(cluster, 'shop')
    return [endpoint, pods.length]
  }
  await eventually(between, ['', 2], SECONDS)
  await synced
  tell(
    `A changed template: the old Pod is being deleted, the new one waits for its claim, no endpoint; ${engine.name} reports ${await engine.health()}.`,
  )
  release()
  await served(story, 'shop')
  // What does not heal by itself has noted the Pod that was still there.
  if (!engine.healsByItself) await engine.again()
  await settled(story, 'shop')
  const after = await look(cluster, 'shop')
  assert.notDeepEqual([after.pods, after.endpoint], [before.pods, before.endpoint])
  assert.deepEqual(await claimsOf(cluster, 'shop'), claims)
  await staysQuiet(story)
  assert.deepEqual(await look(cluster, 'shop'), after)
  tell('The old Pod has ended, the new one serves from the same volume, and the old Pod does not come back.')
}

export async function replace(story: Story): Promise<void> {
  const { engine, cluster, kubelet, tell } = story
  await nextSecond()
  const [claim] = await claimsOf(cluster, 'shop')
  const [old = ''] = (await look(cluster, 'shop')).pods
  assert.ok(claim)
  const release = kubelet.hold(old)
  const synced = engine.sync(packageOf(MOVED))
  await eventually(async () => (await phasesOf(cluster, 'shop')).toSorted(), ['Bound', 'Terminating'], SECONDS)
  await eventually(async () => (await look(cluster, 'shop')).pods.includes(`(${old})`), true, SECONDS)
  assert.ok(await hasVolume(cluster, claim))
  tell(
    `Another StorageClass: the new claim is bound, the old one waits for its Pod; ${engine.name} reports ${await engine.health()}.`,
  )
  assert.ok((await claimsOf(cluster, 'shop')).some(({ name, phase }) => name === claim.name && phase === 'Terminating'))
  release()
  await synced
  await served(story, 'shop')
  if (!engine.healsByItself) await engine.again()
  await settled(story, 'shop')
  await eventually(() => phasesOf(cluster, 'shop'), ['Bound'], SECONDS)
  await eventually(() => hasVolume(cluster, claim), false, SECONDS)
  await eventually(engine.health, engine.healthy, SECONDS)
  tell('The old Pod has ended, and the old claim and its volume with it.')
}

/** With `retirement: engine`, the engine deletes the old Pod, for which the new one waits. */
export async function retireByEngine(story: Story): Promise<void> {
  const { engine, cluster, tell } = story
  const byEngine = { retirement: 'engine' }
  await engine.sync(packageOf(ALONE, byEngine))
  await settled(story, 'alone')
  const before = await look(cluster, 'alone')
  const claims = await claimsOf(cluster, 'alone')
  await nextSecond()
  await engine.sync(packageOf(ALONE_ROLLED, byEngine))
  await served(story, 'alone')
  if (!engine.healsByItself) await engine.again()
  await settled(story, 'alone')
  assert.notDeepEqual((await look(cluster, 'alone')).pods, before.pods)
  assert.deepEqual(await claimsOf(cluster, 'alone'), claims)
  tell('With `retirement: engine` the engine deletes the old Pod, and the new one serves from the same volume.')
}
