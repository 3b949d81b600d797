import assert from 'node:assert/strict'
import { eventually, nextSecond } from '../../harness/servers/eventually.ts'
import { bringUp, byName, columns, type Package, podName } from '../../harness/servers/package.ts'
import type { Stage } from '../../harness/servers/stage.ts'

export const [first, second] = [podName('b', 1), podName('b', 2)]
export const RECREATE = { 'buildkit.seatgeek.io/handover': 'Recreate' }
export const SERVES = ['tcp://10.0.0.1:1234', 'True', 'PodReady']
export const WAITS = [undefined, 'False', 'WaitingForHandover']
/** The first Pod drains, and the second one waits. */
export const HANDED_OVER = [`(${first})`, second].sort(byName)

/** A package with one builder, its first Pod ready at 10.0.0.1. */
export async function builder(stage: Pick<Stage, 'createPackage'>): Promise<Package> {
  const pkg = await stage.createPackage()
  await bringUp(pkg, { buildkit: 'b', pod: first, ip: '10.0.0.1' })
  await nextSecond()
  return pkg
}

/** Rolls it to a Pod that can only follow. */
export async function roll(pkg: Package): Promise<void> {
  await pkg.applyPod('b', second, RECREATE)
  await pkg.applyBuildkit('b', second)
}

/** The first Pod ends and the second one starts: it is left alone and published, and nothing else was ever deleted. */
export async function holdAtEnd(stage: Pick<Stage, 'cluster'>, pkg: Package): Promise<void> {
  await eventually(pkg.pods, HANDED_OVER)
  await eventually(columns(pkg, 'b'), WAITS)
  await pkg.finishPod(first)
  await pkg.runPod(second, '10.0.0.2')
  await eventually(columns(pkg, 'b'), ['tcp://10.0.0.2:1234', 'True', 'PodReady'])
  assert.deepEqual(await pkg.pods(), [second])
  assert.deepEqual(await deletedIn(stage, pkg), [first])
}

/** The Pods that controllers have deleted in a package, in their order. */
export async function deletedIn({ cluster }: Pick<Stage, 'cluster'>, { namespace }: Package) {
  const events = await cluster.auditEvents()
  const ours = events.filter(({ userAgent }) => userAgent?.startsWith('buildkit-controller/'))
  return ours
    .filter(({ verb, objectRef }) => verb === 'delete' && objectRef?.namespace === namespace)
    .filter(({ responseStatus }) => (responseStatus?.code ?? 0) < 300)
    .map(({ objectRef }) => objectRef?.name)
}

/** Holds requests of the controller back: resolves with the first one, and `release` lets all through. */
export function hold({ proxy }: Stage, matches: (request: { method: string; path: string }) => boolean) {
  const arrived = Promise.withResolvers<void>()
  const { promise: until, resolve } = Promise.withResolvers<void>()
  proxy.inject((request) => {
    if (!matches(request)) return undefined
    arrived.resolve()
    return { until }
  })
  const release = () => {
    proxy.inject(() => undefined)
    resolve()
  }
  return { arrived: arrived.promise, release }
}

export const isDeletion = ({ namespace }: Package) => {
  return ({ method, path }: { method: string; path: string }) => method === 'DELETE' && path.includes(namespace)
}
