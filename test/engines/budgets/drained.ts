import { BUILDKIT_LABEL } from '../../../crds/names.ts'
import { NODE } from '../../harness/engines/kubelet.ts'
import type { Cluster } from '../../harness/servers/cluster.ts'
import { eventually } from '../../harness/servers/eventually.ts'
import { SECONDS, type Story } from '../claims/story.ts'
import { applyBuilders } from './apply.ts'
import { countsOf, type Item, podsOf } from './evictions.ts'

/** The namespace of what is drained. */
export const DRAINED = 'drained'

const image = 'moby/buildkit:v0.34.2'
const BUILDERS = {
  alone: { image },
  claimed: { image, cache: { claim: { size: '1Gi' } } },
  pair: { image, replicas: 2 },
}
export type Name = keyof typeof BUILDERS
export const NAMES = Object.keys(BUILDERS) as Name[]

/** How a drain of the one node ended, what kubectl said, and whether the node was cordoned afterwards. */
export interface Drained {
  readonly code: number | null
  readonly said: string
  readonly isCordoned: boolean
}

/** Lets kubectl drain the node of one builder, and gives the node back. */
export async function drain({ kubectl, request }: Cluster, name: Name, flags: readonly string[]): Promise<Drained> {
  const { code, stdout, stderr } = await kubectl(['drain', NODE, `--pod-selector=${BUILDKIT_LABEL}=${name}`, ...flags])
  const { body } = await request('GET', `/api/v1/nodes/${NODE}`)
  await kubectl(['uncordon', NODE])
  return { code, said: stdout + stderr, isCordoned: body.spec.unschedulable === true }
}

export function apply({ cluster }: Story): Promise<void> {
  return applyBuilders(cluster, DRAINED, BUILDERS)
}

export const stored = ({ cluster }: Story, name: Name) => podsOf(cluster, DRAINED, name)

/** Applies all builders, as an engine does after a drain, and waits until their Pods are ready. */
export async function heal(story: Story): Promise<void> {
  await apply(story)
  for (const name of NAMES) {
    const ready = async () => (await stored(story, name)).map(isReady)
    await eventually(ready, name === 'pair' ? [true, true] : [true], SECONDS)
  }
  await eventually(() => countsOf(story.cluster, { namespace: DRAINED, name: 'pair' }), [1, 2, 2, 1], SECONDS)
}

function isReady({ metadata, status }: Item): boolean {
  const { conditions = [] } = status
  return !metadata.deletionTimestamp && conditions.some((one: Item) => one.type === 'Ready' && one.status === 'True')
}
