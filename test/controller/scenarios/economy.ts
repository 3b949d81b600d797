import assert from 'node:assert/strict'
import { setTimeout } from 'node:timers/promises'
import type { AuditEvent } from '../../harness/servers/audit-log.ts'
import { eventually, nextSecond } from '../../harness/servers/eventually.ts'
import { bringUp, byName, columns, type Package, podName, runningAt } from '../../harness/servers/package.ts'
import type { Scenarios, Stage } from '../../harness/servers/stage.ts'

const [first, second] = [podName('b', 1), podName('b', 2)]
const SERVES = ['tcp://10.0.0.1:1234', 'True', 'PodReady']

/** How an engine applies a Buildkit and its Pod. */
const ORDERS: Readonly<Record<string, (pkg: Package) => Promise<void>>> = {
  'the Buildkit, then its Pod': async (pkg) => {
    await pkg.applyBuildkit('b', first)
    await pkg.applyPod('b', first)
  },
  'the Buildkit, and its Pod a second later': async (pkg) => {
    await pkg.applyBuildkit('b', first)
    await setTimeout(1000)
    await pkg.applyPod('b', first)
  },
  'the Buildkit, and its Pod when it already counts as missing': async (pkg) => {
    await pkg.applyBuildkit('b', first)
    await eventually(columns(pkg, 'b'), [undefined, 'False', 'PodMissing'])
    await pkg.applyPod('b', first)
  },
  'the Pod, then its Buildkit': async (pkg) => {
    await pkg.applyPod('b', first)
    await pkg.applyBuildkit('b', first)
  },
  'the Pod, and its Buildkit a second later': async (pkg) => {
    await pkg.applyPod('b', first)
    await setTimeout(1000)
    await pkg.applyBuildkit('b', first)
  },
  'both at once': async (pkg) => {
    await Promise.all([pkg.applyBuildkit('b', first), pkg.applyPod('b', first)])
  },
}

/** How a kubelet reports that a Pod comes up. */
const KUBELETS: Readonly<Record<string, (pkg: Package) => Promise<void>>> = {
  fast: (pkg) => pkg.runPod(first, '10.0.0.1'),
  slow: async (pkg) => {
    const waiting = { ...container, state: { waiting: { reason: 'ContainerCreating' } } }
    await pkg.patchPodStatus(first, { conditions: [condition('PodScheduled', 'True')] })
    await setTimeout(300)
    await pkg.patchPodStatus(first, { conditions: [condition('Ready', 'False')], containerStatuses: [waiting] })
    await setTimeout(1000)
    const started = { ...runningAt('10.0.0.1'), conditions: [condition('Ready', 'False')] }
    await pkg.patchPodStatus(first, { ...started, containerStatuses: [{ ...container, state: { running: {} } }] })
    await setTimeout(1200)
    await pkg.runPod(first, '10.0.0.1')
  },
  'short of room': async (pkg) => {
    for (const nodes of [3, 4, 5]) {
      await pkg.patchPodStatus(first, { conditions: [noRoom(nodes)] })
      await setTimeout(700)
    }
    await KUBELETS.slow?.(pkg)
  },
}

const container = { name: 'buildkit', image: 'buildkit', imageID: '', restartCount: 0, ready: false }

function condition(type: string, status: string, rest: object = {}) {
  return { type, status, lastTransitionTime: new Date().toISOString().replace(/\.\d+Z$/, 'Z'), ...rest }
}

function noRoom(nodes: number) {
  const message = `0/${nodes} nodes are available: ${nodes} Insufficient memory.`
  return condition('PodScheduled', 'False', { reason: 'Unschedulable', message })
}

/** Requests that cost etcd and every watch something are few; counted from the audit log. */
export const ECONOMY: Scenarios = {
  ...Object.fromEntries(
    Object.keys(ORDERS).flatMap((order) =>
      Object.keys(KUBELETS).map((kubelet) => [
        `a builder costs two writes of its status at most: ${order}, ${kubelet}`,
        comesUp(order, kubelet),
      ]),
    ),
  ),

  'a roll costs three writes at most, with the end of the old Pod': async (stage) => {
    const pkg = await stage.createPackage()
    await bringUp(pkg, { buildkit: 'b', pod: first, ip: '10.0.0.1' })
    await nextSecond()
    const before = (await writesOf(stage, pkg)).length
    await pkg.applyPod('b', second)
    await pkg.applyBuildkit('b', second)
    await setTimeout(3000)
    await pkg.runPod(second, '10.0.0.2')
    await eventually(pkg.pods, [`(${first})`, second].sort(byName))
    await pkg.finishPod(first)
    await eventually(async () => (await pkg.status('b')).resourceRefs.length, 1)
    await setTimeout(3000)
    const count = (await writesOf(stage, pkg)).length - before
    assert.ok(count <= 3, `must be at most 3 writes, got ${count}`)
  },

  'a waiting Pod whose message changes each second costs one write in ten seconds': async (stage) => {
    const pkg = await stage.createPackage()
    await pkg.applyPod('b', first)
    await pkg.applyBuildkit('b', first)
    for (let nodes = 3; nodes < 33; nodes++) {
      await pkg.patchPodStatus(first, { conditions: [noRoom(nodes)] })
      await setTimeout(1000)
    }
    const count = (await writesOf(stage, pkg)).length
    assert.ok(count >= 2 && count <= 4, `must be 2 to 4 writes in half a minute, got ${count}`)
  },

  'a Pod that crash-loops gets and loses its endpoint once': async (stage) => {
    const pkg = await stage.createPackage()
    await bringUp(pkg, { buildkit: 'b', pod: first, ip: '10.0.0.1' })
    for (let restartCount = 0; restartCount < 6; restartCount++) {
      await pkg.patchPodStatus(first, crashed(restartCount, false))
      await setTimeout(700)
      await pkg.patchPodStatus(first, crashed(restartCount + 1, true))
      await setTimeout(700)
    }
    await eventually(columns(pkg, 'b'), [undefined, 'False', 'CrashLoopBackOff'])
    const endpoints = (await writesOf(stage, pkg)).map(({ requestObject }) => requestObject.status.endpoint ?? 'none')
    assert.deepEqual(endpoints.slice(0, 2), ['tcp://10.0.0.1:1234', 'none'])
    assert.ok(endpoints.slice(1).every((endpoint) => endpoint === 'none'))
    await pkg.finishPod(first)
    await pkg.applyPod('b', first)
    await pkg.runPod(first, '10.0.0.2')
    await eventually(columns(pkg, 'b'), ['tcp://10.0.0.2:1234', 'True', 'PodReady'])
  },
}

function comesUp(order: string, kubelet: string) {
  return async (stage: Stage) => {
    const pkg = await stage.createPackage()
    await ORDERS[order]?.(pkg)
    await KUBELETS[kubelet]?.(pkg)
    await eventually(columns(pkg, 'b'), SERVES)
    // What would follow is held for two seconds, or for ten after the last write.
    await setTimeout(3000)
    const count = (await writesOf(stage, pkg)).length
    assert.ok(count <= 2, `must be at most 2 writes, got ${count}`)
  }
}

/** A container that has ended, or runs again, and was started so often. */
function crashed(restartCount: number, isReady: boolean) {
  const now = new Date().toISOString().replace(/\.\d+Z$/, 'Z')
  const terminated = { exitCode: 1, reason: 'Error', startedAt: now, finishedAt: now }
  const state = isReady ? { running: { startedAt: now } } : { terminated }
  return {
    conditions: [condition('Ready', isReady ? 'True' : 'False')],
    containerStatuses: [
      { ...container, restartCount, ready: isReady, state, lastState: restartCount > 0 ? { terminated } : {} },
    ],
  }
}

/** The writes of statuses in the audit log. */
export async function writesOf({ cluster }: Stage, { namespace }: Package): Promise<readonly AuditEvent[]> {
  const events = await cluster.auditEvents()
  return events.filter(({ verb, objectRef }) => {
    const isStatus = objectRef?.resource === 'buildkits' && objectRef.subresource === 'status'
    return verb === 'patch' && isStatus && objectRef.namespace === namespace
  })
}
