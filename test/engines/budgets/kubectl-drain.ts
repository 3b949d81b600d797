import assert from 'node:assert/strict'
import { BUILDKIT_LABEL } from '../../../crds/names.ts'
import { eventually } from '../../harness/servers/eventually.ts'
import type { Story } from '../claims/story.ts'
import { budgetsOf, create } from './apply.ts'
import { apply, DRAINED, drain, heal, NAMES, type Name, stored } from './drained.ts'
import { countsOf, type Item } from './evictions.ts'

/** As docs/drains.md recommends. */
const FLAGS = ['--force', '--delete-emptydir-data', '--ignore-daemonsets']
const REHEARSAL = [...FLAGS, '--dry-run=server', '--timeout=1s']
const REFUSED = "Cannot evict pod as it would violate the pod's disruption budget."

/** The node is cordoned all the same. */
export async function refuseWithoutFlags(story: Story): Promise<void> {
  await heal(story)
  const refusal = async (name: Name, ...flags: readonly string[]) => {
    const { said, isCordoned } = await drain(story.cluster, name, flags)
    return [/^cannot delete (.*): drained\/\S+$/m.exec(said)?.[1], isCordoned]
  }
  const ofEmptyDir = ['Pods with local storage (use --delete-emptydir-data to override)', true]
  const ofController = ['Pods that declare no controller (use --force to override)', true]
  assert.deepEqual(await refusal('alone'), ofEmptyDir)
  assert.deepEqual(await refusal('alone', '--force'), ofEmptyDir)
  assert.deepEqual(await refusal('alone', '--delete-emptydir-data'), ofController)
  assert.deepEqual(await refusal('claimed'), ofController)
}

/** Nothing changes, and what would block the drain is found. */
export async function rehearse(story: Story): Promise<void> {
  const { cluster } = story
  await heal(story)
  const all = () => Promise.all(NAMES.map((name) => stored(story, name)))
  const before = await all()
  for (const name of NAMES) {
    const { code, said, isCordoned } = await drain(cluster, name, REHEARSAL)
    assert.deepEqual([code, isCordoned], [0, false], said)
  }
  const selector = { matchLabels: { [BUILDKIT_LABEL]: 'alone' } }
  const one = await rehearseUnder(story, { maxUnavailable: 1, selector })
  const two = await rehearseUnder(story, { minAvailable: 0, selector }, { minAvailable: 0, selector })
  const [{ metadata }] = (await stored(story, 'alone')) as [Item]
  const error = `error when evicting pods/"${metadata.name}" -n "${DRAINED}"`
  assert.ok(one.includes(`${error} (will retry after 5s): ${REFUSED}\n`), one)
  assert.ok(two.includes(`${error}: This pod has more than one PodDisruptionBudget`), two)
  assert.deepEqual(await all(), before)
}

/** What kubectl says of a rehearsal that fails because of these. */
async function rehearseUnder({ cluster }: Story, ...specs: readonly object[]): Promise<string> {
  const budgets = budgetsOf(DRAINED, specs)
  const remove = await create(cluster, budgets)
  for (const { metadata } of budgets) await eventually(async () => Boolean(await countsOf(cluster, metadata)), true)
  const { code, said, isCordoned } = await drain(cluster, 'alone', REHEARSAL)
  await remove()
  assert.deepEqual([code, isCordoned], [1, false], said)
  return said
}

/** A drain ends a Pod within what the Pod has itself, unless somebody says otherwise. */
export async function keepGracePeriod(story: Story): Promise<void> {
  const { cluster, kubelet } = story
  const graceUnder = async (...flags: readonly string[]) => {
    await heal(story)
    const [{ metadata }] = (await stored(story, 'alone')) as [Item]
    const release = kubelet.hold(metadata.name)
    const { code } = await drain(cluster, 'alone', [...FLAGS, '--timeout=1s', ...flags])
    const [pod] = await stored(story, 'alone')
    release()
    await eventually(() => stored(story, 'alone'), [])
    return [code, pod.metadata.deletionGracePeriodSeconds]
  }
  assert.deepEqual(await graceUnder(), [1, 900])
  assert.deepEqual(await graceUnder('--grace-period=30'), [1, 30])
}

/** No other node takes the Pod that comes back, so the drain goes no further. */
export async function waitForAnotherNode(story: Story): Promise<void> {
  await heal(story)
  const before = (await stored(story, 'pair')).map(({ metadata }) => metadata.uid)
  const drained = drain(story.cluster, 'pair', [...FLAGS, '--timeout=8s'])
  await eventually(async () => (await stored(story, 'pair')).length, 1)
  await apply(story)
  const { code, said } = await drained
  assert.deepEqual([code, said.split(`(will retry after 5s): ${REFUSED}`).length - 1], [1, 2], said)
  const after = (await stored(story, 'pair')).filter(({ metadata }) => before.includes(metadata.uid))
  assert.equal(after.length, 1)
}

export async function deleteWithoutEviction(story: Story): Promise<void> {
  const { cluster, kubelet } = story
  await heal(story)
  const pods = await stored(story, 'pair')
  const releases = pods.map(({ metadata }) => kubelet.hold(metadata.name))
  await drain(cluster, 'pair', [...FLAGS, '--disable-eviction', '--timeout=1s'])
  const ending = (await stored(story, 'pair')).map(({ metadata }) => metadata.deletionGracePeriodSeconds)
  assert.deepEqual(ending, [900, 900])
  for (const release of releases) release()
  await eventually(() => stored(story, 'pair'), [])
}
