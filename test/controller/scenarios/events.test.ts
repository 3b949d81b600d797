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
  'report transitions, and nothing else': async (stage) => {
    const pkg = await stage.createPackage()
    await bringUp(pkg, { buildkit: 'b', pod: first, ip: '10.0.0.1' })
    await nextSecond()
    await pkg.applyPod('b', second)
    await pkg.applyBuildkit('b', second)
    await pkg.runPod(second, '10.0.0.2')
    await eventually(pkg.pods, [`(${first})`, second].sort())
    await eventually(eventsOf(stage, pkg), [
      'Buildkit b Normal EndpointPublished 1 endpoint tcp://10.0.0.1:1234 is published',
      'Buildkit b Normal EndpointMoved 1 endpoint moved from tcp://10.0.0.1:1234 to tcp://10.0.0.2:1234',
      `Pod ${first} Normal PodDeleted 1 Pod "${first}" was deleted: another Pod has superseded it`,
    ])
  },

  'say for which Pod another one must end': async (stage) => {
    const pkg = await stage.createPackage()
    await bringUp(pkg, { buildkit: 'b', pod: first, ip: '10.0.0.1' })
    await nextSecond()
    await pkg.applyPod('b', second, { 'buildkit.seatgeek.io/handover': 'Recreate' })
    await pkg.applyBuildkit('b', second)
    await eventually(columns(pkg, 'b'), [undefined, 'False', 'WaitingForHandover'])
    const { message } = (await pkg.status('b')).conditions[0]
    await eventually(eventsOf(stage, pkg), [
      'Buildkit b Normal EndpointPublished 1 endpoint tcp://10.0.0.1:1234 is published',
      `Pod ${first} Normal PodDeleted 1 Pod "${first}" was deleted: it must end before Pod "${second}" can start`,
      `Buildkit b Normal EndpointCleared 1 endpoint tcp://10.0.0.1:1234 was cleared: ${message}`,
    ])
  },

  'report a repetition once, with a count': async (stage) => {
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
    const cleared = `endpoint tcp://10.0.0.1:1234 was cleared: Pod "${first}": its node no longer reports that it is ready`
    await eventually(eventsOf(stage, pkg), [
      'Buildkit b Normal EndpointPublished 3 endpoint tcp://10.0.0.1:1234 is published',
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
