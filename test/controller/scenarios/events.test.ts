import { after, before, suite, test } from 'node:test'
import { needs } from '../../harness/servers/binaries.ts'
import { eventually, nextSecond } from '../../harness/servers/eventually.ts'
import { bringUp, columns, type Package, podName } from '../../harness/servers/package.ts'
import { type Stage, startStage } from '../../harness/servers/stage.ts'

const [first, second] = [podName('b', 1), podName('b', 2)]

/** What `kubectl describe` shows: whose, type, reason, how often, and the note. */
function eventsOf({ cluster }: Stage, { namespace }: Package) {
  return async () => {
    const { body } = await cluster.request('GET', `/apis/events.k8s.io/v1/namespaces/${namespace}/events`)
    const items: readonly EventObject[] = body.items
    return items
      .toSorted((a, b) => (a.eventTime < b.eventTime ? -1 : 1))
      .map(({ regarding, type, reason, series, note }) =>
        [regarding.kind, regarding.name, type, reason, series?.count ?? 1, note].join(' '),
      )
  }
}

interface EventObject {
  readonly eventTime: string
  readonly regarding: { readonly kind: string; readonly name: string }
  readonly type: string
  readonly reason: string
  readonly note: string
  readonly series?: { readonly count: number }
}

const scenarios: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
  'tell of transitions, and of nothing else': async (stage) => {
    const pkg = await stage.createPackage()
    await bringUp(pkg, { buildkit: 'b', pod: first, ip: '10.0.0.1' })
    await nextSecond()
    await pkg.applyPod('b', second)
    await pkg.applyBuildkit('b', second)
    await pkg.runPod(second, '10.0.0.2')
    await eventually(pkg.pods, [`(${first})`, second].sort())
    await eventually(eventsOf(stage, pkg), [
      'Buildkit b Normal EndpointPublished 1 tcp://10.0.0.1:1234',
      'Buildkit b Normal EndpointMoved 1 from tcp://10.0.0.1:1234 to tcp://10.0.0.2:1234',
      `Pod ${first} Normal PodDeleted 1 deleted: another Pod has taken over`,
    ])
  },

  'say what repeats once, and how often': async (stage) => {
    const pkg = await stage.createPackage()
    await pkg.applyPod('b', first)
    await pkg.applyBuildkit('b', first)
    await pkg.runPod(first, '10.0.0.1')
    for (const round of [1, 2]) {
      await eventually(columns(pkg, 'b'), ['tcp://10.0.0.1:1234', 'True', 'PodReady'])
      await pkg.patchPodStatus(first, readiness('False', round))
      await eventually(columns(pkg, 'b'), [undefined, 'False', 'ContainerNotReady'])
      await pkg.patchPodStatus(first, readiness('True', round))
    }
    const cleared = `tcp://10.0.0.1:1234 withdrawn: Pod "${first}": its node no longer reports that it is ready`
    await eventually(eventsOf(stage, pkg), [
      'Buildkit b Normal EndpointPublished 3 tcp://10.0.0.1:1234',
      `Buildkit b Warning EndpointCleared 2 ${cleared}`,
    ])
  },
}

/** What a kubelet reports some seconds later. */
function readiness(status: 'True' | 'False', round: number) {
  const lastTransitionTime = new Date(Date.now() + round * 2000).toISOString().replace(/\.\d+Z$/, 'Z')
  return { conditions: [{ type: 'Ready', status, lastTransitionTime }] }
}

suite('Events', { skip: needs('etcd', 'kube-apiserver', 'kubectl') }, () => {
  let stage: Stage
  before(async () => {
    stage = await startStage(['--handover-grace=2s'])
  })
  after(() => stage.stop())
  for (const [name, scenario] of Object.entries(scenarios)) test(name, () => scenario(stage))
})
