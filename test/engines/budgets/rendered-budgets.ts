import assert from 'node:assert/strict'
import { eventually } from '../../harness/servers/eventually.ts'
import { SECONDS, type Story } from '../claims/story.ts'
import { applyBuilders } from './apply.ts'
import { needs } from './cases.ts'
import { countsOf, evict, podsOf, setReady } from './evictions.ts'

const NAMESPACE = 'rendered-budgets'
const image = 'moby/buildkit:v0.34.2'
const BUILDERS = { two: { image, replicas: 2 }, three: { image, replicas: 3 } }

/** Builders of two and of three Pods, of which one runs and is not ready: it may be evicted, and no other one. */
export async function evictWhatIsNotReady(story: Story): Promise<void> {
  const { cluster, kubelet, tell } = story
  await applyBuilders(cluster, NAMESPACE, BUILDERS)
  for (const [name, { replicas }] of Object.entries(BUILDERS)) {
    await allReady(story, name, replicas)
    const [unready, ...others] = await podsOf(cluster, NAMESPACE, name)
    const refused = others.map(() => needs(replicas - 1, replicas - 1))
    const answers = () => Promise.all(others.map((pod) => evict(cluster, pod)))
    await setReady(cluster, unready, false)
    await eventually(() => counts(story, name), [0, replicas, replicas - 1, replicas - 1])
    assert.deepEqual(await answers(), refused)
    const release = kubelet.hold(unready.metadata.name)
    assert.equal(await evict(cluster, unready), '201')
    assert.deepEqual(await answers(), refused)
    release()
    await eventually(async () => (await podsOf(cluster, NAMESPACE, name)).length, replicas - 1, SECONDS)
    assert.deepEqual(await answers(), refused)
    await applyBuilders(cluster, NAMESPACE, BUILDERS)
    await allReady(story, name, replicas)
  }
  tell('A Pod that is not ready is evicted, and no other one before it is back.')
}

/** Two of three Pods run and are not ready: by default Kubernetes would refuse to evict any. */
export async function evictMostThatAreNotReady(story: Story): Promise<void> {
  const { cluster } = story
  const pods = await podsOf(cluster, NAMESPACE, 'three')
  const unready = pods.slice(1)
  for (const pod of unready) await setReady(cluster, pod, false)
  await eventually(() => counts(story, 'three'), [0, 3, 1, 2])
  const answers = await Promise.all(pods.map((pod) => evict(cluster, pod)))
  assert.deepEqual(answers, [needs(2, 1), '201', '201'])
}

const counts = ({ cluster }: Story, name: string) => countsOf(cluster, { namespace: NAMESPACE, name })

async function allReady(story: Story, name: string, replicas: number): Promise<void> {
  await eventually(() => counts(story, name), [1, replicas, replicas, replicas - 1], SECONDS)
}
