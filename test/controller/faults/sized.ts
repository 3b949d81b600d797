import { eventually } from '../../harness/servers/eventually.ts'
import { byName, type Package, podName, runningAt } from '../../harness/servers/package.ts'

/** A builder with so many Pods. Each version in its life has Pods and addresses of its own. */
export interface Sized {
  readonly buildkit: string
  readonly replicas: number
  /** Of no other builder beside it. */
  readonly id: number
}

/** What clients and people see of a builder. */
export interface Shown {
  readonly endpoint: string | undefined
  readonly ready: string
  readonly addresses: readonly string[]
  readonly readyReplicas: number | undefined
}

/** What must hold for any builder holds for one with one Pod and for one with three, side by side. */
export const [ONE, THREE] = [
  { buildkit: 'b', replicas: 1, id: 1 },
  { buildkit: 'c', replicas: 3, id: 2 },
] as const
export const BOTH: readonly Sized[] = [ONE, THREE]

/** The names of its Pods; with one of them it is `podName`. */
export function podsOf({ buildkit, replicas }: Sized, version: number): readonly string[] {
  return Array.from({ length: replicas }, (_, index) => podName(buildkit, version + 1000 * index))
}

export function ipsOf({ replicas, id }: Sized, version: number): readonly string[] {
  const network = Math.floor(id / 250)
  return Array.from({ length: replicas }, (_, index) => `10.${50 * index + network}.${version}.${1 + (id % 250)}`)
}

/** An engine applies Pods, and then the Buildkit that names them. */
export async function apply(pkg: Package, sized: Sized, version: number): Promise<void> {
  await applyPods(pkg, sized, version)
  await applyNames(pkg, sized, version)
}

/** An engine applies the Pods of a version, which no Buildkit names yet. */
export async function applyPods(pkg: Package, sized: Sized, version: number): Promise<void> {
  const pods = podsOf(sized, version)
  await Promise.all(pods.map((pod, index) => pkg.applyReplica(sized.buildkit, pod, { index })))
}

/** An engine applies the Buildkit that names the Pods of a version. */
export function applyNames(pkg: Package, sized: Sized, version: number): Promise<void> {
  return pkg.applyBuildkit(sized.buildkit, podsOf(sized, version))
}

/** Kubelets: all its Pods are ready, the first one before the others. */
export function run(pkg: Package, sized: Sized, version: number): Promise<void> {
  return runAt(pkg, podsOf(sized, version), ipsOf(sized, version))
}

/** Its first Pods get the addresses of another version. */
export function move(pkg: Package, sized: Sized, version: number): Promise<void> {
  return runAt(pkg, podsOf(sized, 1), ipsOf(sized, version))
}

async function runAt(pkg: Package, pods: readonly string[], ips: readonly string[]): Promise<void> {
  for (const [index, pod] of pods.entries()) await pkg.runPod(pod, ips[index] as string)
}

/** The status of a Pod that runs at an address, and is not ready. */
export function unreadyAt(ip: string) {
  const { conditions, containerStatuses, ...status } = runningAt(ip)
  return {
    ...status,
    conditions: conditions.map((condition) => ({ ...condition, status: 'False' })),
    containerStatuses: containerStatuses.map((container) => ({ ...container, ready: false })),
  }
}

export function shown(pkg: Package, { buildkit }: Sized): () => Promise<Shown> {
  return async () => {
    const { endpoint, endpoints = [], conditions = [], readyReplicas } = (await pkg.status(buildkit)) ?? {}
    const ready = conditions.find(({ type }: { type: string }) => type === 'Ready')
    const addresses: string[] = endpoints.map(({ address }: { address: string }) => address)
    const isListed = addresses.includes(endpoint)
    return { endpoint: isListed ? 'one of them' : endpoint, ready: ready?.reason, addresses, readyReplicas }
  }
}

/** What is to be seen of a builder whose Pods at these addresses are all that serve; `ready` is the reason why it is ready, or not. */
export function showing(ips: readonly string[], ready = 'PodReady'): Shown {
  const addresses = ips.map((ip) => `tcp://${ip}:1234`)
  return { endpoint: ips.length > 0 ? 'one of them' : undefined, ready, addresses, readyReplicas: ips.length }
}

/** All addresses of a version are published. */
export function serves(pkg: Package, sized: Sized, { version, seconds }: Served): Promise<void> {
  return eventually(shown(pkg, sized), showing(ipsOf(sized, version)), seconds)
}

export async function allServe(pkg: Package, builders: readonly Sized[], served: Served): Promise<void> {
  for (const sized of builders) await serves(pkg, sized, served)
}

interface Served {
  readonly version: number
  /** At the latest. */
  readonly seconds?: number
}

/** Builders whose first Pods are published. */
export async function bringUpAll(pkg: Package, builders: readonly Sized[]): Promise<void> {
  await Promise.all(
    builders.map(async (sized) => {
      await apply(pkg, sized, 1)
      await run(pkg, sized, 1)
      await serves(pkg, sized, { version: 1 })
    }),
  )
}

/** The next version of each builder becomes ready. */
export async function rollAll(pkg: Package, builders: readonly Sized[], version: number): Promise<void> {
  await Promise.all(
    builders.map(async (sized) => {
      await apply(pkg, sized, version)
      await run(pkg, sized, version)
    }),
  )
}

/** The Pods of a version of builders, in the order of `Package.pods`. */
export function podsOfAll(builders: readonly Sized[], version: number): readonly string[] {
  return builders.flatMap((sized) => podsOf(sized, version)).toSorted()
}

/** `Package.pods` when all Pods of a version are being deleted, and those of another one stay. */
export function podsAfterRoll(builders: readonly Sized[], { from, to }: Roll): readonly string[] {
  const ending = podsOfAll(builders, from).map((name) => `(${name})`)
  return [...ending, ...podsOfAll(builders, to)].toSorted(byName)
}

interface Roll {
  readonly from: number
  readonly to: number
}
