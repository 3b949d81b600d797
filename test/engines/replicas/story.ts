import assert from 'node:assert/strict'
import { NODE } from '../../harness/engines/kubelet.ts'
import { watchStatus } from '../../harness/engines/status-watch.ts'
import { eventually } from '../../harness/servers/eventually.ts'
import { claimsOf, storedClaims } from '../claims/claims-of.ts'
import { type Builders, packageOf } from '../claims/package-of.ts'
import { SECONDS, type Story } from '../claims/story.ts'
import { NAMES } from './builders.ts'
import { listedAs, podNamesOf, replicasOf, storedParts } from './replicas-of.ts'

// biome-ignore lint/suspicious/noExplicitAny: as the API server sends it
type Item = any

/** Gives Git these builders, and waits until all that have replicas serve and nothing is left to do. */
export async function settle(story: Story, builders: Builders): Promise<void> {
  await story.engine.sync(packageOf(builders))
  await settled(story, builders)
}

/** Until each builder has exactly the Pods that Git names, all serve, one may be evicted, and the engine is content and stays so. */
export async function settled(story: Story, builders: Builders): Promise<void> {
  for (const [name, { replicas = 1 }] of Object.entries(builders)) await serving(story, name, Number(replicas))
  // What does not heal by itself has noted Pods that were still there.
  if (!story.engine.healsByItself) await story.engine.again()
  await staysQuiet(story, Object.keys(builders))
}

async function serving({ cluster }: Story, name: string, replicas: number): Promise<void> {
  const podNames = await podNamesOf(cluster, name)
  assert.equal(podNames.length, replicas)
  const seen = async () => {
    const { preferred = '', ...rest } = await replicasOf(cluster, name)
    return { ...rest, isPreferredListed: podNames.includes(preferred) }
  }
  const expected = {
    ready: 'True PodReady',
    listed: podNames.map((podName, replica) => listedAs(podName, NODE, replica)),
    pods: podNames.toSorted(),
    budget: replicas > 1 ? { minAvailable: replicas - 1, healthy: replicas, allowed: 1 } : undefined,
    isPreferredListed: true,
  }
  await eventually(seen, expected as Awaited<ReturnType<typeof seen>>, SECONDS)
}

/** Nothing of the builders is written when the engine looks again. */
async function staysQuiet({ engine, cluster }: Story, names: readonly string[]): Promise<void> {
  await eventually(engine.health, engine.healthy, SECONDS)
  const written = async () => {
    const [parts, claims] = await Promise.all([
      Promise.all(names.map((name) => storedParts(cluster, name))),
      Promise.all(names.map((name) => storedClaims(cluster, name))),
    ])
    return [...parts, ...claims]
      .flat(2)
      .filter((object) => object !== undefined)
      .map(writtenIn)
  }
  const before = await written()
  await engine.again()
  await engine.again()
  assert.deepEqual([await written(), await engine.health()], [before, engine.healthy])
}

/** An object as it was written, and by whom, but for its status. */
function writtenIn({ status: _, metadata: { resourceVersion: __, managedFields, ...metadata }, ...object }: Item) {
  return { ...object, metadata, writers: managedFields.filter(({ subresource }: Item) => subresource !== 'status') }
}

/** Something happens to both builders, which always have an endpoint, and at worst so many Pods in `endpoints`. */
export async function keepsServing(
  { cluster }: Story,
  fewest: Readonly<Record<(typeof NAMES)[number], number>>,
  happen: () => Promise<void>,
): Promise<void> {
  const watches = await Promise.all(NAMES.map(async (name) => [name, await watchStatus(cluster, name)] as const))
  const end = () => Object.fromEntries(watches.map(([name, stop]) => [name, stop()]))
  const seen = await happen().then(end, (error) => {
    end()
    throw error
  })
  assert.deepEqual(seen, Object.fromEntries(NAMES.map((name) => [name, { gap: 0, fewest: fewest[name] }])))
}

/** What the engine reports, in one line: kubectl reports every difference. */
export async function report({ engine }: Story): Promise<string> {
  const [line = ''] = (await engine.health()).split('\n')
  return `${engine.name} reports ${line}`
}

/** How the claims of a builder are called, with their volumes. */
export async function volumesOf({ cluster }: Story, name: string): Promise<readonly string[]> {
  return (await claimsOf(cluster, name)).map((claim) => `${claim.name} ${claim.volume}`).toSorted()
}
