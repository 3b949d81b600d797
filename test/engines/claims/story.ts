import assert from 'node:assert/strict'
import type { EngineStage } from '../../harness/engines/engine-stage.ts'
import type { Tell } from '../../harness/engines/life-of-a-builder.ts'
import { look } from '../../harness/engines/look.ts'
import { eventually } from '../../harness/servers/eventually.ts'
import { START } from './builders.ts'
import { storedClaims } from './claims-of.ts'

/** Where the life of claims happens, and who is told. */
export interface Story extends EngineStage {
  readonly tell: Tell
}

export const SECONDS = 60

/** Until the builder serves, and the engine is content. */
export async function settled(story: Story, name: string): Promise<void> {
  await served(story, name)
  await eventually(story.engine.health, story.engine.healthy, SECONDS)
}

/** Until the builder has one Pod, which serves. */
export async function served({ cluster }: Story, name: string): Promise<void> {
  const seen = async () => {
    const { endpoint, ready, pods } = await look(cluster, name)
    return { hasEndpoint: endpoint !== '', ready, pods: pods.length }
  }
  await eventually(seen, { hasEndpoint: true, ready: 'True PodReady', pods: 1 }, SECONDS)
}

/** Nothing is written to any claim when the engine looks again, and it stays content. */
export async function staysQuiet({ engine, cluster }: Story): Promise<void> {
  const versions = async () =>
    (await Promise.all(Object.keys(START).map((name) => storedClaims(cluster, name))))
      .flat()
      .map(({ metadata }) => [metadata.name, metadata.resourceVersion])
  const before = await versions()
  await engine.again()
  await engine.again()
  assert.deepEqual(await versions(), before)
  assert.equal(await engine.health(), engine.healthy)
}
