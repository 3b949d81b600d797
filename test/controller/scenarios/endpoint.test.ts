import { after, before, suite, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { TLS_SERVER_NAME_ANNOTATION } from '../../../crds/names.ts'
import { needs } from '../../harness/servers/binaries.ts'
import { eventually, nextSecond } from '../../harness/servers/eventually.ts'
import { bringUp, byName, columns, type Package, podName } from '../../harness/servers/package.ts'
import { type Stage, startStage } from '../../harness/servers/stage.ts'

const [first, second] = [podName('b', 1), podName('b', 2)]

/** A package with one builder, its first Pod ready at 10.0.0.1. */
async function builder(stage: Stage): Promise<Package> {
  const pkg = await stage.createPackage()
  await bringUp(pkg, { buildkit: 'b', pod: first, ip: '10.0.0.1' })
  await nextSecond()
  return pkg
}

const scenarios: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
  'is that of the ready Pod, with the whole status': async (stage) => {
    const pkg = await builder(stage)
    const { conditions, podSince, ...status } = await pkg.status('b')
    await eventually(
      async () => [
        { ...status, podSince: typeof podSince },
        conditions.map(({ lastTransitionTime, ...condition }: { lastTransitionTime: string }) => condition),
      ],
      [
        {
          observedGeneration: 1,
          endpoint: 'tcp://10.0.0.1:1234',
          endpoints: [{ podName: first, nodeName: 'node', address: 'tcp://10.0.0.1:1234' }],
          readyReplicas: 1,
          podName: first,
          podSince: 'string',
          resourceRefs: [{ group: '', version: 'v1', kind: 'Pod', name: first, namespace: pkg.namespace }],
        },
        [
          {
            type: 'Ready',
            status: 'True',
            reason: 'PodReady',
            message: `Pod "${first}" is ready`,
            observedGeneration: 1,
          },
          {
            type: 'Deployed',
            status: 'True',
            reason: 'Available',
            message: `Pod "${first}" serves`,
            observedGeneration: 1,
          },
        ],
      ],
    )
  },

  'has the name of its certificate, which moves with it': async (stage) => {
    const pkg = await stage.createPackage()
    const reach = async () => {
      const { endpoint, tlsServerName } = await pkg.status('b')
      return [endpoint, tlsServerName]
    }
    await pkg.applyPod('b', first, { [TLS_SERVER_NAME_ANNOTATION]: 'small.ci.svc' })
    await pkg.applyBuildkit('b', first)
    await pkg.runPod(first, '10.0.0.1')
    await eventually(reach, ['tcp://10.0.0.1:1234', 'small.ci.svc'])
    await nextSecond()
    await pkg.applyPod('b', second)
    await pkg.applyBuildkit('b', second)
    await pkg.runPod(second, '10.0.0.2')
    await eventually(reach, ['tcp://10.0.0.2:1234', undefined])
    await pkg.applyBuildkit('b', first)
    await eventually(reach, ['tcp://10.0.0.1:1234', 'small.ci.svc'])
    await pkg.deletePod(first)
    await eventually(reach, ['tcp://10.0.0.2:1234', undefined])
  },

  'moves to the new Pod when that is ready, and the old Pod is deleted after the handover grace': async (stage) => {
    const pkg = await builder(stage)
    await pkg.applyPod('b', second)
    await pkg.applyBuildkit('b', second)
    await eventually(columns(pkg, 'b'), ['tcp://10.0.0.1:1234', 'False', 'PodStarting'])
    await pkg.runPod(second, '10.0.0.2')
    await eventually(columns(pkg, 'b'), ['tcp://10.0.0.2:1234', 'True', 'PodReady'])
    await eventually(pkg.pods, [`(${first})`, second].sort(byName))
    await pkg.finishPod(first)
    await eventually(pkg.pods, [second])
  },

  'moves back on a rollback to the older Pod, and the newer one is deleted': async (stage) => {
    const pkg = await builder(stage)
    await pkg.applyPod('b', second)
    await pkg.applyBuildkit('b', second)
    // Where it has not seen that name, it does not know that there was a roll.
    await eventually(async () => (await pkg.status('b')).podName, second)
    await nextSecond()
    await pkg.applyBuildkit('b', first)
    await eventually(columns(pkg, 'b'), ['tcp://10.0.0.1:1234', 'True', 'PodReady'])
    await eventually(pkg.pods, [first, `(${second})`].sort(byName))
  },

  'moves back on a rollback while the old Pod drains, once a new one has its name': async (stage) => {
    const pkg = await builder(stage)
    await pkg.applyPod('b', second)
    await pkg.applyBuildkit('b', second)
    await pkg.runPod(second, '10.0.0.2')
    await eventually(pkg.pods, [`(${first})`, second].sort(byName))
    await pkg.applyBuildkit('b', first)
    await eventually(columns(pkg, 'b'), ['tcp://10.0.0.2:1234', 'False', 'WaitingForTermination'])
    await pkg.finishPod(first)
    await pkg.applyPod('b', first)
    await pkg.runPod(first, '10.0.0.3')
    await eventually(columns(pkg, 'b'), ['tcp://10.0.0.3:1234', 'True', 'PodReady'])
    await eventually(pkg.pods, [first, `(${second})`].sort(byName))
  },

  'follows a Pod that was created again under its name': async (stage) => {
    const pkg = await builder(stage)
    await pkg.deletePod(first)
    await eventually(columns(pkg, 'b'), [undefined, 'False', 'WaitingForTermination'])
    await pkg.finishPod(first)
    await eventually(columns(pkg, 'b'), [undefined, 'False', 'PodMissing'])
    await pkg.applyPod('b', first)
    await eventually(columns(pkg, 'b'), [undefined, 'False', 'PodStarting'])
    await pkg.runPod(first, '10.0.0.9')
    await eventually(columns(pkg, 'b'), ['tcp://10.0.0.9:1234', 'True', 'PodReady'])
  },

  'is that of the current Pod while two are ready, however late the Buildkit names the next one': async (stage) => {
    const pkg = await builder(stage)
    await pkg.applyPod('b', second)
    await pkg.runPod(second, '10.0.0.2')
    await setTimeout(1000)
    await eventually(columns(pkg, 'b'), ['tcp://10.0.0.1:1234', 'True', 'PodReady'])
    await stage.controller().stop()
    await (await stage.startController()).ready()
    await setTimeout(4000)
    await eventually(pkg.pods, [first, second].sort(byName))
    await pkg.applyBuildkit('b', second)
    await eventually(columns(pkg, 'b'), ['tcp://10.0.0.2:1234', 'True', 'PodReady'])
    await eventually(pkg.pods, [`(${first})`, second].sort(byName))
  },

  'is in brackets if the address is IPv6': async (stage) => {
    const pkg = await builder(stage)
    await pkg.patchPodStatus(first, { podIP: 'fd00::1', podIPs: [{ ip: 'fd00::1' }, { ip: '10.0.0.1' }] })
    await eventually(columns(pkg, 'b'), ['tcp://[fd00::1]:1234', 'True', 'PodReady'])
  },

  'is missing while a Pod is no longer ready': async (stage) => {
    const pkg = await builder(stage)
    const later = new Date(Date.now() + 5000).toISOString().replace(/\.\d+Z$/, 'Z')
    const message = 'containers with unready status: [buildkit]'
    await pkg.patchPodStatus(first, {
      conditions: [{ type: 'Ready', status: 'False', lastTransitionTime: later, message }],
    })
    await eventually(columns(pkg, 'b'), [undefined, 'False', 'ContainerNotReady'])
  },

  'is missing for a Buildkit that was never rendered': async (stage) => {
    const pkg = await stage.createPackage()
    await pkg.applyBuildkit('b')
    await eventually(columns(pkg, 'b'), [undefined, 'False', 'NotRendered'])
  },

  'is never that of a Pod that was renamed after rendering': async (stage) => {
    const pkg = await stage.createPackage()
    const renamed = `x-${first}`
    await pkg.applyPod('b', renamed)
    await pkg.applyBuildkit('x-b', renamed)
    await pkg.runPod(renamed, '10.0.0.1')
    await eventually(columns(pkg, 'x-b'), [undefined, 'False', 'PodRenamed'])
  },

  'is that of the kept Pod after a Buildkit was deleted and created again': async (stage) => {
    const pkg = await builder(stage)
    await pkg.deleteBuildkit('b')
    await pkg.applyBuildkit('b', first)
    await eventually(columns(pkg, 'b'), ['tcp://10.0.0.1:1234', 'True', 'PodReady'])
    await eventually(pkg.pods, [first])
  },
}

suite('the endpoint', { skip: needs('etcd', 'kube-apiserver'), concurrency: true }, () => {
  let stage: Stage
  before(async () => {
    stage = await startStage(['--handover-grace=2s'])
  })
  after(() => stage.stop())
  for (const [name, scenario] of Object.entries(scenarios)) test(name, () => scenario(stage))
})
