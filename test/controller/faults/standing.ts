import { API_VERSION } from '../../../crds/names.ts'
import type { Stage } from '../../harness/servers/stage.ts'
import { createBuilders } from './builders.ts'
import { ipsOf, move, run, type Sized } from './sized.ts'

/** Builders that stay while others come and go. */
export interface StandingBuilders {
  /** All Pods of some of them get another address, all in turn. */
  readonly restart: (count: number) => Promise<void>
  /** The names of those that publish other endpoints than the addresses of their Pods. */
  readonly incorrect: () => Promise<readonly string[]>
}

const AT_ONCE = 50

/** So many builders with one to three Pods each, all of which serve. */
export async function createStandingBuilders(stage: Stage, count: number): Promise<StandingBuilders> {
  const pkg = await stage.createPackage()
  const builders = await createBuilders(pkg, count)
  const versions: number[] = builders.map(() => 1)
  for (let start = 0; start < count; start += AT_ONCE)
    await Promise.all(builders.slice(start, start + AT_ONCE).map((sized) => run(pkg, sized, 1)))
  let next = 0
  return {
    restart: async (some) => {
      for (const sized of Array.from({ length: Math.min(some, count) }, () => builders[next++ % count] as Sized)) {
        const version = ((versions[sized.id] ?? 0) + 1) % 250
        versions[sized.id] = version
        await move(pkg, sized, version)
      }
    },
    incorrect: async () => {
      const path = `/apis/${API_VERSION}/namespaces/${pkg.namespace}/buildkits`
      const { items } = (await stage.cluster.request('GET', path)).body
      const published = new Map<string, string>(
        // biome-ignore lint/suspicious/noExplicitAny: as the API server sends it
        items.map(({ metadata, status }: any) => [metadata.name, publishedIn(status)]),
      )
      return builders.flatMap((sized) => {
        const addresses = ipsOf(sized, versions[sized.id] ?? 0).map((ip) => `tcp://${ip}:1234`)
        return published.get(sized.buildkit) === `${addresses}` ? [] : [sized.buildkit]
      })
    },
  }
}

/** What clients are told: all addresses, and nothing if the one before all others is none of them. */
// biome-ignore lint/suspicious/noExplicitAny: as the API server sends it
function publishedIn({ endpoint, endpoints = [] }: any = {}): string {
  const addresses: string[] = endpoints.map(({ address }: { address: string }) => address)
  return addresses.includes(endpoint) ? `${addresses}` : ''
}
