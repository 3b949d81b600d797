import { eventually } from '../../harness/servers/eventually.ts'
import { type Package, podName } from '../../harness/servers/package.ts'
import type { Stage } from '../../harness/servers/stage.ts'

export const BUILDERS = 20
const AT_ONCE = 50

export function names(): readonly string[] {
  return Array.from({ length: BUILDERS }, (_, index) => `b${index}`)
}

/** Every builder with one Pod, none of them ready. */
export async function startingBuilders(stage: Pick<Stage, 'createPackage'>): Promise<Package> {
  const pkg = await stage.createPackage()
  await Promise.all(
    names().map(async (name) => {
      await pkg.applyPod(name, podName(name, 1))
      await pkg.applyBuildkit(name, podName(name, 1))
    }),
  )
  return pkg
}

/** So many builders, b0 and so on, each with one Pod. */
export async function createBuilders(pkg: Package, count: number): Promise<void> {
  const builders = Array.from({ length: count }, (_, index) => `b${index}`)
  for (let start = 0; start < count; start += AT_ONCE)
    await Promise.all(
      builders.slice(start, start + AT_ONCE).map(async (name) => {
        await pkg.applyPod(name, podName(name, 1))
        await pkg.applyBuildkit(name, podName(name, 1))
      }),
    )
}

export async function makeReady(pkg: Package): Promise<void> {
  await Promise.all(names().map((name, index) => pkg.runPod(podName(name, 1), `10.0.1.${index}`)))
}

/** How long until every endpoint was published. */
export async function publishedSeconds(pkg: Package, seconds: number): Promise<number> {
  const start = performance.now()
  const endpoints = async () => Promise.all(names().map(async (name) => (await pkg.status(name)).endpoint))
  await eventually(
    endpoints,
    names().map((_, index) => `tcp://10.0.1.${index}:1234`),
    seconds,
  )
  return (performance.now() - start) / 1000
}
