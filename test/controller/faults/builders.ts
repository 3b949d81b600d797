import { eventually } from '../../harness/servers/eventually.ts'
import type { Buildkit, Package } from '../../harness/servers/package.ts'
import type { Stage } from '../../harness/servers/stage.ts'
import { writesOf } from '../scenarios/economy.ts'
import { apply, ipsOf, podsOf, run, type Shown, type Sized, serves, showing, shown, unreadyAt } from './sized.ts'

const AT_ONCE = 50

/** A builder that a fault strikes while its Pods change. */
interface Struck extends Sized {
  /** What its first version shows in the end. */
  readonly end: Shown
  /** The addresses of Pods that never serve. */
  readonly neverListed?: readonly string[]
  /** What is so before the fault; nothing is ready if absent. */
  readonly prepare?: (pkg: Package) => Promise<void>
  /** What happens during it. */
  readonly change: (pkg: Package) => Promise<void>
}

/** Builders with one to three Pods, b0 and so on. */
export function sizedBuilders(count: number): readonly Sized[] {
  return Array.from({ length: count }, (_, id) => ({ buildkit: `b${id}`, replicas: 1 + (id % 3), id }))
}

/** Of those with three Pods, each other one loses the Pod that its clients use, and of the others only the first ever becomes ready. */
export const STRUCK: readonly Struck[] = sizedBuilders(20).map((sized) => {
  if (sized.replicas < 3) return { ...sized, end: showing(ipsOf(sized, 1)), change: (pkg) => run(pkg, sized, 1) }
  return sized.id % 2 === 0 ? draining(sized) : short(sized)
})
export const BUILDERS = STRUCK.length

/** All their Pods serve, and then the first one is deleted. */
function draining(sized: Sized): Struck {
  return {
    ...sized,
    end: showing(ipsOf(sized, 1).slice(1), 'WaitingForTermination'),
    prepare: async (pkg) => {
      await run(pkg, sized, 1)
      await serves(pkg, sized, { version: 1 })
    },
    change: (pkg) => pkg.deletePod(podsOf(sized, 1)[0] as string),
  }
}

/** All but the first Pod have an address, and do not become ready. */
function short(sized: Sized): Struck {
  const first = { ...sized, replicas: 1 }
  return {
    ...sized,
    end: showing(ipsOf(first, 1), 'PodStarting'),
    neverListed: ipsOf(sized, 1).slice(1),
    change: async (pkg) => {
      await run(pkg, first, 1)
      const ips = ipsOf(sized, 1)
      for (const [index, pod] of podsOf(sized, 1).entries())
        if (index > 0) await pkg.patchPodStatus(pod, unreadyAt(ips[index] as string))
    },
  }
}

export function names(): readonly string[] {
  return STRUCK.map(({ buildkit }) => buildkit)
}

/** The builders as they are before a fault. */
export async function startingBuilders(stage: Pick<Stage, 'createPackage'>): Promise<Package> {
  const pkg = await stage.createPackage()
  await Promise.all(
    STRUCK.map(async (struck) => {
      await apply(pkg, struck, 1)
      await struck.prepare?.(pkg)
    }),
  )
  return pkg
}

/** So many builders with one to three Pods each, none of them ready. */
export async function createBuilders(pkg: Package, count: number): Promise<readonly Sized[]> {
  const builders = sizedBuilders(count)
  for (let start = 0; start < count; start += AT_ONCE)
    await Promise.all(builders.slice(start, start + AT_ONCE).map((sized) => apply(pkg, sized, 1)))
  return builders
}

export async function changeAll(pkg: Package): Promise<void> {
  await Promise.all(STRUCK.map(({ change }) => change(pkg)))
}

/** How long until every builder shows all its Pods that serve, and no other. */
export async function publishedSeconds(pkg: Package, seconds: number): Promise<number> {
  const start = performance.now()
  await eventually(
    () => Promise.all(STRUCK.map((struck) => shown(pkg, struck)())),
    STRUCK.map(({ end }) => end),
    seconds,
  )
  return (performance.now() - start) / 1000
}

/** Neither Buildkits nor Pods are left. */
export async function removeBuilders(pkg: Package): Promise<void> {
  for (const struck of STRUCK) {
    await pkg.deleteBuildkit(struck.buildkit)
    for (const name of podsOf(struck, 1)) await pkg.finishPod(name)
  }
}

/**
 * Builders whose status was written more often than their Pods have changed, listed a Pod that did not serve, or ceased to list one that
 * served.
 */
export async function badlyWritten(stage: Stage, pkg: Package): Promise<readonly string[]> {
  const writes = (await writesOf(stage, pkg)).filter(({ responseStatus }) => responseStatus?.code === 200)
  return STRUCK.flatMap((struck) => {
    const own = writes.filter(({ objectRef }) => objectRef?.name === struck.buildkit)
    const lists = own.map(({ requestObject }) => listedIn(requestObject.status))
    // Beside one for each Pod: the first of all, and one for a Pod that is deleted.
    const isOften = own.length > struck.replicas + 2
    const { neverListed = [], end } = struck
    const isWrong = lists.flat().some((address) => neverListed.some((ip) => address === `tcp://${ip}:1234`))
    // The log lacks a write whose answer a reset has cut off.
    const isDropped = end.addresses.some((address) =>
      lists.some(
        (list, at) => !list.includes(address) && lists.slice(0, at).some((before) => before.includes(address)),
      ),
    )
    return isOften || isWrong || isDropped ? [`${struck.buildkit}: ${JSON.stringify(lists)}`] : []
  })
}

/** Of a patch, which removes with null. */
function listedIn({ endpoints }: Buildkit['status']): readonly string[] {
  return (endpoints ?? []).map(({ address }: { address: string }) => address)
}
