import { API_VERSION } from '../../../crds/names.ts'
import { podName } from '../../harness/servers/package.ts'
import type { Stage } from '../../harness/servers/stage.ts'
import { createBuilders } from './builders.ts'

/** Builders that stay while others come and go. */
export interface StandingBuilders {
  /** Some of them get another address, all in turn. */
  readonly restart: (count: number) => Promise<void>
  /** The names of those that publish another endpoint than the address of their Pod. */
  readonly incorrect: () => Promise<readonly string[]>
}

const AT_ONCE = 50

/** So many builders, each with a Pod that serves. */
export async function createStandingBuilders(stage: Stage, count: number): Promise<StandingBuilders> {
  const pkg = await stage.createPackage()
  await createBuilders(pkg, count)
  const restarts: number[] = Array.from({ length: count }, () => 0)
  const serve = (builder: number) => pkg.runPod(podName(`b${builder}`, 1), addressOf(builder, restarts[builder] ?? 0))
  for (let start = 0; start < count; start += AT_ONCE)
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, count - start) }, (_, index) => serve(start + index)))
  let next = 0
  return {
    restart: async (some) => {
      for (let each = 0; each < Math.min(some, count); each++, next = (next + 1) % count) {
        restarts[next] = (restarts[next] ?? 0) + 1
        await serve(next)
      }
    },
    incorrect: async () => {
      const path = `/apis/${API_VERSION}/namespaces/${pkg.namespace}/buildkits`
      const { items } = (await stage.cluster.request('GET', path)).body
      const endpoints = new Map<string, string | undefined>(
        // biome-ignore lint/suspicious/noExplicitAny: as the API server sends it
        items.map(({ metadata, status }: any) => [metadata.name, status?.endpoint]),
      )
      return restarts.flatMap((times, builder) =>
        endpoints.get(`b${builder}`) === `tcp://${addressOf(builder, times)}:1234` ? [] : [`b${builder}`],
      )
    },
  }
}

function addressOf(builder: number, restarts: number): string {
  return `10.${100 + (restarts % 100)}.${Math.floor(builder / 250)}.${1 + (builder % 250)}`
}
