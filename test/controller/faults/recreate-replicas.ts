import assert from 'node:assert/strict'
import { setTimeout } from 'node:timers/promises'
import { repeatedly } from '../../harness/engines/repeatedly.ts'
import { eventually, nextSecond } from '../../harness/servers/eventually.ts'
import { columns, type Package, podName } from '../../harness/servers/package.ts'
import type { NoisyStage } from './noisy-stage.ts'
import { deletedIn, isDeletion, RECREATE } from './recreating.ts'

const OLD = [1, 2, 3].map((version) => podName('b', version))
const NEW = [4, 5, 6].map((version) => podName('b', version))

const ALL = [...OLD, ...NEW]

/** What goes wrong while three replicas roll to Pods that can only follow; resolves when it is over. */
type Fault = (stage: NoisyStage, pkg: Package) => Promise<void>

const FAULTS: Readonly<Record<string, Fault>> = {
  'the controller is down for five seconds': async (stage) => {
    await stage.controller().stop()
    await setTimeout(5000)
    await stage.startController()
  },

  'the API server is killed for ten seconds': async ({ cluster }) => {
    await cluster.killApiServer()
    await setTimeout(10_000)
    await cluster.startApiServer()
  },

  'the controller is cut off for ten seconds': async ({ proxy }) => {
    proxy.refuse()
    proxy.reset()
    await setTimeout(10_000)
    proxy.accept()
  },

  'deletions are answered with 500, 503 and 429 for five seconds': async ({ proxy }, pkg) => {
    const answers = [500, 503, 429]
    let count = 0
    proxy.inject((request) => {
      if (!isDeletion(pkg)(request)) return undefined
      return { status: answers[count++ % answers.length] ?? 500, body: 'later', headers: { 'retry-after': '1' } }
    })
    await setTimeout(5000)
    proxy.inject(() => undefined)
  },

  'every connection is reset, ten times a second': async ({ proxy }) => {
    const resetting = setInterval(proxy.reset, 100)
    await setTimeout(3000)
    clearInterval(resetting)
  },

  'the probes of all old Pods fail for five seconds': async (_, pkg) => {
    await onOldPods(pkg, (name) => pkg.patchPodStatus(name, { conditions: [{ type: 'Ready', status: 'False' }] }))
    await setTimeout(5000)
    await onOldPods(pkg, (name) => pkg.runPod(name, addressOf(name)))
  },

  'somebody else changes the Buildkit a hundred times': (_, pkg) => pkg.labelBuildkits(['b'], 100),
}

/** In the end the new Pods alone are left and published, each old one was deleted once, and two Pods served at any time. */
export const REPLICAS = Object.fromEntries(
  Object.entries(FAULTS).map(([name, fault]) => [
    `${name}, with three replicas`,
    async (stage: NoisyStage) => {
      const pkg = await stage.createPackage()
      const kubelet = await startKubelet(pkg)
      await apply(pkg, OLD)
      await eventually(columns(pkg, 'b'), ['tcp://10.0.0.1:1234', 'True', 'PodReady'])
      await nextSecond()
      await apply(pkg, NEW, RECREATE)
      await eventually(async () => (await deletedIn(stage, pkg)).length, 1)
      await fault(stage, pkg)
      await eventually(async () => (await pkg.status('b')).readyReplicas, 3, 90)
      await eventually(pkg.pods, NEW.toSorted())
      await kubelet.stop()
      assert.deepEqual((await deletedIn(stage, pkg)).toSorted(), OLD.toSorted())
      assert.equal(kubelet.fewest(), 2)
    },
  ]),
)

async function apply(pkg: Package, names: readonly string[], annotations = {}): Promise<void> {
  for (const [index, name] of names.entries()) await pkg.applyReplica('b', name, { index, annotations })
  await pkg.applyBuildkit('b', names)
}

/** Starts Pods, those that can only follow when the one before them has ended, and ends those that are being deleted after a second. */
async function startKubelet(pkg: Package) {
  const serving = new Set<string>()
  let fewest = Number.POSITIVE_INFINITY
  const stop = repeatedly(async () => {
    const pods = await pkg.pods()
    for (const name of serving) if (pods.includes(`(${name})`)) serving.delete(name)
    if (pods.some((name) => NEW.includes(name))) fewest = Math.min(fewest, serving.size)
    const ending = OLD.filter((name) => pods.includes(`(${name})`))
    if (ending.length > 0) await setTimeout(1000)
    for (const name of ending) await pkg.finishPod(name)
    for (const name of ALL.filter((each) => pods.includes(each) && !serving.has(each) && !isHeldBack(each, pods))) {
      await pkg.runPod(name, addressOf(name))
      serving.add(name)
    }
  })
  return { stop, fewest: () => fewest }
}

function addressOf(name: string): string {
  return `10.0.0.${ALL.indexOf(name) + 1}`
}

/** Does something to the old Pods that serve; one may end meanwhile. */
async function onOldPods(pkg: Package, act: (name: string) => Promise<void>): Promise<void> {
  const there = (await pkg.pods()).filter((name) => OLD.includes(name))
  await Promise.allSettled(there.map(act))
}

/** Whether the Pod exists that must end before this one can start. */
function isHeldBack(name: string, pods: readonly string[]): boolean {
  const before = OLD[NEW.indexOf(name)]
  return before !== undefined && (pods.includes(before) || pods.includes(`(${before})`))
}
