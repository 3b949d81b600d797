import assert from 'node:assert/strict'
import { look } from '../../harness/engines/look.ts'

import { eventually, nextSecond } from '../../harness/servers/eventually.ts'
import { LEFT, MOVED } from './builders.ts'
import { claimsOf, hasVolume, phasesOf } from './claims-of.ts'
import { packageOf } from './package-of.ts'
import { SECONDS, type Story, served, settled } from './story.ts'

/** What the controller takes to make sure that a Buildkit is gone, and some. */
const GONE_SECONDS = 90

/** A Buildkit is away for some seconds: nobody can take back the deletion of its claim. */
export async function comeBack(story: Story): Promise<void> {
  const { engine, cluster, tell } = story
  const [claim] = await claimsOf(cluster, 'leaves')
  const before = await look(cluster, 'leaves')
  assert.ok(claim)
  const { leaves: _, ...others } = MOVED
  // What follows is earlier than its end.
  engine.sync(packageOf(others)).catch(() => undefined)
  await eventually(() => phasesOf(cluster, 'leaves'), ['Terminating'], SECONDS)
  await engine.sync(packageOf(MOVED))
  await eventually(() => look(cluster, 'leaves'), before, SECONDS)
  assert.deepEqual(await phasesOf(cluster, 'leaves'), ['Terminating'])
  tell(
    `A Buildkit has left Git and come back: its Pod serves, and its claim waits for the end of the Pod; ${engine.name} reports ${await engine.health()}.`,
  )
  await nextSecond()
  await cluster.request('DELETE', `/api/v1/namespaces/default/pods/${before.pods[0]}`)
  await eventually(() => phasesOf(cluster, 'leaves'), ['Bound'], SECONDS)
  await served(story, 'leaves')
  const [after] = await claimsOf(cluster, 'leaves')
  assert.deepEqual([after?.name, after?.volume === claim.volume], [claim.name, false])
  await settled(story, 'leaves')
  tell(`The Pod has ended, and the claim with its cache: ${engine.name} has created both again.`)
}

export async function leave(story: Story): Promise<void> {
  const { engine, cluster, tell } = story
  const [claim] = await claimsOf(cluster, 'leaves')
  assert.ok(claim)
  const synced = engine.sync(packageOf(LEFT))
  await eventually(() => phasesOf(cluster, 'leaves'), ['Terminating'], SECONDS)
  assert.deepEqual([(await look(cluster, 'leaves')).pods.length, await hasVolume(cluster, claim)], [1, true])
  tell(
    `Two Buildkits leave Git: the claim of one waits for its Pod, which runs; ${engine.name} reports ${await engine.health()}.`,
  )
  await eventually(async () => (await look(cluster, 'leaves')).pods, [], GONE_SECONDS)
  await eventually(async () => (await look(cluster, 'kept')).pods, [], GONE_SECONDS)
  await eventually(() => phasesOf(cluster, 'leaves'), [], SECONDS)
  assert.deepEqual(await phasesOf(cluster, 'kept'), ['Bound'])
  await synced
  await eventually(engine.health, engine.healthy, SECONDS)
  tell('Their Pods are gone, and the claim of the one; the claim of the other is retained.')
}

export async function destroy(story: Story): Promise<void> {
  const { engine, cluster, tell } = story
  const [claim] = await claimsOf(cluster, 'search')
  assert.ok(claim)
  const destroyed = engine.destroy()
  await eventually(
    async () => (await phasesOf(cluster, 'search')).every((phase) => phase === 'Terminating'),
    true,
    SECONDS,
  )
  tell('The whole package is deleted.')
  await destroyed
  for (const name of ['shop', 'search', 'stays'])
    await eventually(async () => (await look(cluster, name)).pods, [], GONE_SECONDS)
  for (const name of ['shop', 'search']) await eventually(() => phasesOf(cluster, name), [], SECONDS)
  assert.deepEqual([await phasesOf(cluster, 'stays'), await phasesOf(cluster, 'kept')], [['Bound'], ['Bound']])
  tell('No Pod is left, and no claim but the two that are retained.')
}
