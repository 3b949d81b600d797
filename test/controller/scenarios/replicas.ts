import assert from 'node:assert/strict'
import { setTimeout } from 'node:timers/promises'
import { HANDOVER_ANNOTATION } from '../../../crds/names.ts'
import { binary } from '../../harness/servers/binaries.ts'
import { eventually, nextSecond } from '../../harness/servers/eventually.ts'
import { byName, columns, type Package, podName } from '../../harness/servers/package.ts'
import { runProgram } from '../../harness/servers/run-program.ts'
import type { Scenarios } from '../../harness/servers/stage.ts'
import { writesOf } from './economy.ts'

const FOLLOWS = { [HANDOVER_ANNOTATION]: 'Recreate' }
const NAMES = [1, 2, 3].map((version) => podName('b', version))
const NEXT = [4, 5, 6].map((version) => podName('b', version))

async function applyPods(pkg: Package, names: readonly string[], annotations = {}): Promise<void> {
  for (const [index, name] of names.entries()) await pkg.applyReplica('b', name, { index, annotations })
}

/** All replicas of a Buildkit serve, and its status says so; Pods are at the addresses from `first` on. */
async function serveAll(pkg: Package, names: readonly string[], first = 1): Promise<void> {
  for (const [index, name] of names.entries()) await pkg.runPod(name, addressOf(first + index))
}

function addressOf(number: number): string {
  return `10.0.0.${number}`
}

async function bringUpAll(pkg: Package): Promise<void> {
  await applyPods(pkg, NAMES)
  await pkg.applyBuildkit('b', NAMES)
  await serveAll(pkg, NAMES)
  await eventually(listed(pkg), [[1, 2, 3].map(addressOf), 3])
  await nextSecond()
}

/** The addresses that clients know, and the number of current Pods that serve. */
function listed(pkg: Package): () => Promise<readonly unknown[]> {
  return async () => {
    const { endpoints = [], readyReplicas } = await pkg.status('b')
    const addresses = endpoints.map(({ address }: { address: string }) => address.replace(/^tcp:..|:1234$/g, ''))
    return [addresses, readyReplicas]
  }
}

async function kstatusOf(pkg: Package): Promise<string> {
  const { stdout } = await runProgram(binary('kstatus'), [], { input: JSON.stringify(await pkg.buildkit('b')) })
  return JSON.parse(stdout).status
}

/** A Buildkit with several Pods. */
export const REPLICAS: Scenarios = {
  'are all listed after three writes of the status at most': async (stage) => {
    const pkg = await stage.createPackage()
    await bringUpAll(pkg)
    assert.deepEqual(await columns(pkg, 'b')(), ['tcp://10.0.0.1:1234', 'True', 'PodReady'])
    assert.equal(await kstatusOf(pkg), 'Current')
    const count = (await writesOf(stage, pkg)).length
    assert.ok(count <= 3, `must be at most 3 writes, got ${count}`)
  },

  'serve on while one of them drains, which comes back under its name': async (stage) => {
    const pkg = await stage.createPackage()
    await bringUpAll(pkg)
    await pkg.deletePod(String(NAMES[0]))
    await eventually(columns(pkg, 'b'), ['tcp://10.0.0.2:1234', 'False', 'WaitingForTermination'], 5)
    assert.deepEqual(await listed(pkg)(), [[2, 3].map(addressOf), 2])
    assert.equal(await kstatusOf(pkg), 'InProgress')
    await pkg.finishPod(String(NAMES[0]))
    await applyPods(pkg, NAMES.slice(0, 1))
    await pkg.runPod(String(NAMES[0]), addressOf(7))
    await eventually(listed(pkg), [[7, 2, 3].map(addressOf), 3])
    assert.deepEqual(await columns(pkg, 'b')(), ['tcp://10.0.0.2:1234', 'True', 'PodReady'])
  },

  'roll each by itself': async (stage) => {
    const pkg = await stage.createPackage()
    await bringUpAll(pkg)
    await applyPods(pkg, NEXT)
    await pkg.applyBuildkit('b', NEXT)
    await pkg.runPod(String(NEXT[1]), addressOf(5))
    await eventually(listed(pkg), [[1, 5, 3].map(addressOf), 1])
    await eventually(pkg.pods, [String(NAMES[0]), `(${NAMES[1]})`, String(NAMES[2]), ...NEXT].sort(byName))
    await serveAll(pkg, NEXT, 4)
    await eventually(listed(pkg), [[4, 5, 6].map(addressOf), 3])
    await eventually(pkg.pods, [...NAMES.map((name) => `(${name})`), ...NEXT].sort(byName))
    assert.deepEqual(await columns(pkg, 'b')(), ['tcp://10.0.0.5:1234', 'True', 'PodReady'])
  },

  'follow one after the other where they can only follow': async (stage) => {
    const pkg = await stage.createPackage()
    await bringUpAll(pkg)
    await applyPods(pkg, NEXT, FOLLOWS)
    await pkg.applyBuildkit('b', NEXT)
    // Clients prefer the first, so that the second goes before it.
    const ended = [NAMES[1], NAMES[0], NAMES[2]].map(String)
    for (const [at, name] of ended.entries()) {
      const draining = [...ended.slice(at + 1), `(${name})`, ...NEXT].sort(byName)
      await eventually(pkg.pods, draining)
      await setTimeout(3000)
      assert.deepEqual(await pkg.pods(), draining, 'the next one waits')
      await pkg.finishPod(name)
      const index = NAMES.indexOf(name)
      await pkg.runPod(String(NEXT[index]), addressOf(4 + index))
    }
    await eventually(listed(pkg), [[4, 5, 6].map(addressOf), 3])
  },

  'that Git takes away leave the status at once, and are deleted': async (stage) => {
    const pkg = await stage.createPackage()
    await bringUpAll(pkg)
    await pkg.applyBuildkit('b', NAMES.slice(0, 1))
    await eventually(listed(pkg), [[1].map(addressOf), 1])
    await eventually(pkg.pods, [String(NAMES[0]), `(${NAMES[1]})`, `(${NAMES[2]})`].sort(byName))
  },

  'keep the others served while one of them fails for good, which is a failure for kstatus': async (stage) => {
    const pkg = await stage.createPackage()
    await bringUpAll(pkg)
    const failures = [{ podName: NAMES[2], count: 5, lastTime: '2026-01-01T00:00:00Z' }]
    await pkg.editStatus('b', { failures })
    await pkg.patchPodStatus(String(NAMES[2]), { conditions: [{ type: 'Ready', status: 'False' }] })
    await eventually(listed(pkg), [[1, 2].map(addressOf), 2])
    await eventually(() => kstatusOf(pkg), 'Failed')
  },
}
