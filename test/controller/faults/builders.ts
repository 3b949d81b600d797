import { eventually } from '../../harness/servers/eventually.ts'
import { type Package, podName } from '../../harness/servers/package.ts'
import type { Stage } from '../../harness/servers/stage.ts'

export const BUILDERS = 20
const AT_ONCE = 50

export function names(): readonly string[] {
  return Array.from({ length: BUILDERS }, (_, index) => `b${index}`)
}

/** How many Pods a builder has: every fourth has three. */
function replicasOf(builder: number): number {
  return builder % 4 === 3 ? 3 : 1
}

/** The names of the Pods that Git names for a builder, the version-th in its life. */
export function podNamesOf(builder: number, version = 1): readonly string[] {
  return Array.from({ length: replicasOf(builder) }, (_, replica) => podName(`b${builder}`, version + 10 * replica))
}

/** Every builder with its Pods, none of them ready. */
export async function startingBuilders(stage: Pick<Stage, 'createPackage'>): Promise<Package> {
  const pkg = await stage.createPackage()
  await createBuilders(pkg, BUILDERS)
  return pkg
}

/** So many builders, b0 and so on, each with its Pods. */
export async function createBuilders(pkg: Package, count: number): Promise<void> {
  for (let start = 0; start < count; start += AT_ONCE)
    await Promise.all(
      Array.from({ length: Math.min(AT_ONCE, count - start) }, (_, index) => createBuilder(pkg, start + index)),
    )
}

async function createBuilder(pkg: Package, builder: number): Promise<void> {
  await applyPods(pkg, builder)
  await pkg.applyBuildkit(`b${builder}`, podNamesOf(builder))
}

/** The number of a builder with three Pods. */
export const SEVERAL = 3

/** That builder, published with all of its Pods. */
export async function bringUpSeveral(pkg: Package): Promise<void> {
  await createBuilder(pkg, SEVERAL)
  await runPods(pkg, SEVERAL)
  await severalPublished(pkg)
}

export async function severalPublished(pkg: Package, seconds?: number): Promise<void> {
  const expected = addressesOf(SEVERAL, 1).map((ip) => `tcp://${ip}:1234`)
  await eventually(async () => addressesIn(await pkg.status(`b${SEVERAL}`)), expected, seconds)
}

/** Deletes the builders, and their Pods as if they had ended. */
export async function removeBuilders(pkg: Package): Promise<void> {
  for (const [builder, name] of names().entries()) {
    await pkg.deleteBuildkit(name)
    for (const pod of podNamesOf(builder)) await pkg.finishPod(pod)
  }
}

/** Creates the Pods of a version of a builder. */
export async function applyPods(pkg: Package, builder: number, version = 1): Promise<void> {
  for (const [index, name] of podNamesOf(builder, version).entries())
    await pkg.applyReplica(`b${builder}`, name, { index })
}

/** How many Pods so many builders have. */
export function podsOf(builders: number): number {
  return Array.from({ length: builders }, (_, builder) => replicasOf(builder)).reduce((sum, count) => sum + count, 0)
}

export async function makeReady(pkg: Package): Promise<void> {
  await Promise.all(names().map((_, builder) => runPods(pkg, builder)))
}

/** All Pods of a version of a builder serve. */
export async function runPods(pkg: Package, builder: number, version = 1): Promise<void> {
  const addresses = addressesOf(builder, version)
  await Promise.all(podNamesOf(builder, version).map((name, replica) => pkg.runPod(name, addresses[replica] as string)))
}

function addressesOf(builder: number, version: number): readonly string[] {
  return podNamesOf(builder).map((_, replica) => `10.${replica}.${version}.${builder}`)
}

/** How long until every Pod of these versions was published, and no other. */
export async function publishedSeconds(
  pkg: Package,
  seconds: number,
  versionOf: (builder: number) => number = () => 1,
): Promise<number> {
  const start = performance.now()
  const published = async () => Promise.all(names().map(async (name) => addressesIn(await pkg.status(name))))
  const expected = names().map((_, builder) => addressesOf(builder, versionOf(builder)))
  await eventually(
    published,
    expected.map((ips) => ips.map((ip) => `tcp://${ip}:1234`)),
    seconds,
  )
  return (performance.now() - start) / 1000
}

/** The addresses that a status lists; none where clients of one address have another one. */
export function addressesIn({ endpoint, endpoints = [] }: Awaited<ReturnType<Package['status']>>): readonly string[] {
  const listed: readonly string[] = endpoints.map(({ address }: { readonly address: string }) => address)
  return listed.includes(endpoint) ? listed : []
}
