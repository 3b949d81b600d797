import assert from 'node:assert/strict'
import { look } from '../../harness/engines/look.ts'
import { FIXED, STANDARD } from '../../harness/engines/storage.ts'
import { eventually } from '../../harness/servers/eventually.ts'
import { GROWN, GROWN_FURTHER, START } from './builders.ts'
import { claimsOf } from './claims-of.ts'
import { packageOf } from './package-of.ts'
import { SECONDS, type Story, settled, staysQuiet } from './story.ts'

export async function create(story: Story): Promise<void> {
  const { engine, cluster, tell } = story
  await engine.sync(packageOf(START))
  for (const name of Object.keys(START)) await settled(story, name)
  const [claim] = await claimsOf(cluster, 'shop')
  assert.deepEqual(
    { ...claim, name: '', volume: '' },
    { name: '', phase: 'Bound', storageClass: STANDARD, requested: '10Gi', capacity: '10Gi', volume: '' },
  )
  tell('Claims and Pods are there, the claims are bound with the default StorageClass, the builders serve.')
  await staysQuiet(story)
  tell(`${engine.name} has looked again: nothing was written, and it reports ${engine.healthy}.`)
}

export async function grow(story: Story): Promise<void> {
  const { engine, cluster, tell } = story
  const before = await look(cluster, 'shop')
  const [claim] = await claimsOf(cluster, 'shop')
  await engine.sync(packageOf(GROWN))
  await eventually(
    () => claimsOf(cluster, 'shop'),
    [{ ...claim, requested: '20Gi', capacity: '20Gi' }] as never,
    SECONDS,
  )
  await eventually(engine.health, engine.healthy, SECONDS)
  assert.deepEqual(await look(cluster, 'shop'), before)
  tell('A larger size grows the claim in place, and its Pod stays.')
}

export async function growWhatCannot(story: Story): Promise<void> {
  const { engine, cluster, tell } = story
  const before = await look(cluster, 'search')
  const said = await engine.refused(packageOf(GROWN_FURTHER))
  assert.match(
    said,
    /only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize/,
  )
  assert.deepEqual(await look(cluster, 'search'), before)
  tell(
    `Where the StorageClass does not allow it, ${engine.name} says: ${said.trim()}; the health is ${await engine.health()}; the builder serves.`,
  )
  await cluster.request('PATCH', `/apis/storage.k8s.io/v1/storageclasses/${FIXED}`, { allowVolumeExpansion: true })
  await engine.sync(packageOf(GROWN_FURTHER))
  await eventually(async () => (await claimsOf(cluster, 'search'))[0]?.capacity, '20Gi', SECONDS)
  await eventually(engine.health, engine.healthy, SECONDS)
  tell('The StorageClass allows it now, and the claim has grown.')
}
