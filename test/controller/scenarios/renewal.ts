import assert from 'node:assert/strict'
import { setTimeout } from 'node:timers/promises'
import { TLS_SERVER_NAME_ANNOTATION } from '../../../crds/names.ts'
import { eventually } from '../../harness/servers/eventually.ts'
import { columns, podName } from '../../harness/servers/package.ts'
import type { Scenarios } from '../../harness/servers/stage.ts'
import { writesOf } from './economy.ts'

const pod = podName('b', 1)
const NAME = 'small.ci.svc'
const SERVES = ['tcp://10.0.0.1:1234', 'True', 'PodReady']

/** How long a phase lasts; the clocks of the phases go on by as much. */
const PHASE_MILLISECONDS = 3000

export const RENEWAL: Scenarios = {
  'a restart for a renewed certificate costs three writes at most, and is no crash loop': async (stage) => {
    const pkg = await stage.createPackage()
    await pkg.applyPod('b', pod, { [TLS_SERVER_NAME_ANNOTATION]: NAME })
    await pkg.applyBuildkit('b', pod)
    await pkg.runPod(pod, '10.0.0.1')
    await eventually(columns(pkg, 'b'), SERVES)
    const before = (await writesOf(stage, pkg)).length
    for (const phase of phases()) {
      await pkg.patchPodStatus(pod, phase)
      await setTimeout(PHASE_MILLISECONDS)
    }
    await eventually(columns(pkg, 'b'), SERVES)
    const writes = (await writesOf(stage, pkg)).slice(before).map(({ requestObject: { status } }) => {
      const ready = status.conditions.find(({ type }: { type: string }) => type === 'Ready')
      return [status.endpoint, status.tlsServerName, ready.reason]
    })
    const between = writes.slice(1, -1)
    assert.deepEqual(writes, [[null, null, 'ContainerNotReady'], ...between, [SERVES[0], NAME, 'PodReady']])
    assert.ok(between.every((write) => write[2] === 'ContainerRestarting') && between.length <= 1, String(between))
  },
}

/** The container of a day drains, ends, starts again, and is ready. */
function phases(): readonly object[] {
  const at = (count: number) => {
    const moment = new Date(Date.now() + count * PHASE_MILLISECONDS)
    return moment.toISOString().replace(/\.\d+Z$/, 'Z')
  }
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().replace(/\.\d+Z$/, 'Z')
  const drains = { running: { startedAt: yesterday } }
  const end = { terminated: { exitCode: 1, reason: 'Error', startedAt: yesterday, finishedAt: at(1) } }
  const runs = { running: { startedAt: at(2) } }
  const message = 'containers with unready status: [buildkit]'
  const unready = { type: 'Ready', status: 'False', reason: 'ContainersNotReady', message, lastTransitionTime: at(0) }
  const phase = (state: object, lastState: object, ready = false) => ({
    conditions: [ready ? { type: 'Ready', status: 'True', lastTransitionTime: at(3) } : unready],
    containerStatuses: [{ name: 'buildkit', image: 'buildkit', imageID: '', restartCount: 1, ready, state, lastState }],
  })
  return [phase(drains, {}), phase(end, {}), phase(runs, end), phase(runs, end, true)]
}
