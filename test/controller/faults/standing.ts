import { isDeepStrictEqual } from 'node:util'
import { API_VERSION } from '../../../crds/names.ts'
import type { Stage } from '../../harness/servers/stage.ts'
import { addressesIn, createBuilders, podNamesOf } from './builders.ts'

/** Builders that stay while others come and go. */
export interface StandingBuilders {
  /** The Pods of some of them get other addresses, all in turn. */
  readonly restart: (count: number) => Promise<void>
  /** The names of those that publish other endpoints than the addresses of their Pods. */
  readonly incorrect: () => Promise<readonly string[]>
}

const AT_ONCE = 50

/** So many builders, each with Pods that serve. */
export async function createStandingBuilders(stage: Stage, count: number): Promise<StandingBuilders> {
  const pkg = await stage.createPackage()
  await createBuilders(pkg, count)
  const restarts: number[] = Array.from({ length: count }, () => 0)
  const serve = async (builder: number) => {
    const ips = addressesOf(builder, restarts[builder] ?? 0)
    await Promise.all(podNamesOf(builder).map((name, replica) => pkg.runPod(name, ips[replica] as string)))
  }
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
      const published = new Map<string, readonly string[]>(
        // biome-ignore lint/suspicious/noExplicitAny: as the API server sends it
        items.map(({ metadata, status = {} }: any) => [metadata.name, addressesIn(status)]),
      )
      return restarts.flatMap((times, builder) => {
        const addresses = addressesOf(builder, times).map((ip) => `tcp://${ip}:1234`)
        return isDeepStrictEqual(published.get(`b${builder}`), addresses) ? [] : [`b${builder}`]
      })
    },
  }
}

function addressesOf(builder: number, restarts: number): readonly string[] {
  const rest = `${100 + (restarts % 100)}.${Math.floor(builder / 250)}.${1 + (builder % 250)}`
  return podNamesOf(builder).map((_, replica) => `${10 + replica}.${rest}`)
}
