import assert from 'node:assert/strict'
import { eventually, nextSecond } from '../../harness/servers/eventually.ts'
import { byName, type Package } from '../../harness/servers/package.ts'
import type { Stage } from '../../harness/servers/stage.ts'
import { bringUpAll, ipsOf, ONE, podsOf, type Shown, type Sized, showing, shown, THREE } from './sized.ts'

export const RECREATE = { 'buildkit.seatgeek.io/handover': 'Recreate' }

/** A Pod of a builder is to be followed by one that cannot start before it has ended; its other Pods stay. */
interface Handover extends Sized {
  readonly index: number
  readonly first: string
  readonly second: string
}

/** Of the only Pod, and of one of three. */
export const HANDOVERS: readonly Handover[] = [handover(ONE, 0), handover(THREE, 1)]
export const FIRSTS = HANDOVERS.map(({ first }) => first)
/** The first Pods drain, and the second ones wait. */
export const HANDED_OVER = podsLeft(({ first, second }) => [`(${first})`, second])

function handover(sized: Sized, index: number): Handover {
  const [first = '', second = ''] = [1, 2].map((version) => podsOf(sized, version)[index])
  return { ...sized, index, first, second }
}

/** `Package.pods` when these Pods are left beside those that stay. */
export function podsLeft(left: (handover: Handover) => readonly string[]): readonly string[] {
  const staying = HANDOVERS.flatMap((one) => podsOf(one, 1).filter((name) => name !== one.first))
  return [...staying, ...HANDOVERS.flatMap(left)].toSorted(byName)
}

/** All first Pods serve. */
export function serving(one: Handover): Shown {
  return showing(ipsOf(one, 1))
}

/** All but the first Pod of the handover serve. */
export function waiting(one: Handover): Shown {
  const ips = ipsOf(one, 1).filter((_, index) => index !== one.index)
  return { ...showing(ips, 'WaitingForHandover'), readyReplicas: ips.length }
}

/** The second Pod serves in its place. */
export function handedOver(one: Handover): Shown {
  return showing(ipsOf(one, 1).map((ip, index) => (index === one.index ? ipOfSecond(one) : ip)))
}

/** What is to be seen of all builders. */
export async function allShow(pkg: Package, what: (one: Handover) => Shown): Promise<void> {
  for (const one of HANDOVERS) await eventually(shown(pkg, one), what(one))
}

/** The addresses that clients know. */
export async function addresses(pkg: Package): Promise<readonly string[]> {
  return (await Promise.all(HANDOVERS.map((one) => shown(pkg, one)()))).flatMap((seen) => seen.addresses)
}

/** All that `addresses` may give while the first Pods serve. */
export const FIRST_ADDRESSES = HANDOVERS.flatMap((one) => serving(one).addresses)

/** A package with builders whose first Pods serve. */
export async function builders(stage: Pick<Stage, 'createPackage'>): Promise<Package> {
  const pkg = await stage.createPackage()
  await bringUpAll(pkg, HANDOVERS)
  await nextSecond()
  return pkg
}

/** Rolls them to Pods that can only follow. */
export async function roll(pkg: Package): Promise<void> {
  await applySeconds(pkg)
  for (const { first, second, ...sized } of HANDOVERS)
    await pkg.applyBuildkit(
      sized.buildkit,
      podsOf(sized, 1).map((name) => (name === first ? second : name)),
    )
}

export async function applySeconds(pkg: Package): Promise<void> {
  for (const { buildkit, second, index } of HANDOVERS)
    await pkg.applyReplica(buildkit, second, { index, annotations: RECREATE })
}

export async function runSeconds(pkg: Package): Promise<void> {
  for (const one of HANDOVERS) await pkg.runPod(one.second, ipOfSecond(one))
}

function ipOfSecond(one: Handover): string {
  return String(ipsOf(one, 2)[one.index])
}

/** The first Pods end and the second ones start: they are left and published, and nothing else was ever deleted. */
export async function holdAtEnd(stage: Pick<Stage, 'cluster'>, pkg: Package): Promise<void> {
  await eventually(pkg.pods, HANDED_OVER)
  await allShow(pkg, waiting)
  for (const { first } of HANDOVERS) await pkg.finishPod(first)
  await runSeconds(pkg)
  await allShow(pkg, handedOver)
  assert.deepEqual(
    await pkg.pods(),
    podsLeft(({ second }) => [second]),
  )
  assert.deepEqual((await deletedIn(stage, pkg)).toSorted(), FIRSTS)
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

/** Holds requests of the controller back: resolves when there is one for each builder, and `release` lets all through. */
export function hold({ proxy }: Stage, matches: (request: { method: string; path: string }) => boolean) {
  const arrived = Promise.withResolvers<void>()
  const paths = new Set<string>()
  const { promise: until, resolve } = Promise.withResolvers<void>()
  proxy.inject((request) => {
    if (!matches(request)) return undefined
    if (paths.add(request.path).size === HANDOVERS.length) arrived.resolve()
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
