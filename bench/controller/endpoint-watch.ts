import { request } from 'node:https'
import { createInterface } from 'node:readline'
import { API_VERSION } from '../../crds/names.ts'
import type { Cluster } from './stage.ts'

/** What a client that watches Buildkits has seen. */
export interface EndpointWatch {
  /** When the Buildkit was last seen to have so many endpoints, by `performance.now()`. */
  readonly waitFor: (name: string, endpoints: number) => Promise<number>
  readonly withEndpoint: () => number
  /** How often the status of any Buildkit changed. */
  readonly changes: () => number
  readonly close: () => void
}

interface Seen {
  readonly endpoints: number
  readonly at: number
}

export async function watchEndpoints({ url, token }: Cluster): Promise<EndpointWatch> {
  const seen = new Map<string, Seen>()
  const waiting = new Map<string, () => void>()
  let changes = 0
  const path = `/apis/${API_VERSION}/buildkits?watch=true`
  const headers = { authorization: `Bearer ${token}` }
  const call = request(new URL(path, url), { headers, rejectUnauthorized: false }, (response) => {
    const lines = createInterface({ input: response })
    // Whoever closes the watch knows that it ends.
    lines.on('error', () => undefined)
    lines.on('line', (line) => {
      const { type, object } = JSON.parse(line)
      if (type === 'MODIFIED') changes += 1
      seen.set(object.metadata.name, { endpoints: object.status?.endpoints?.length ?? 0, at: performance.now() })
      waiting.get(object.metadata.name)?.()
    })
  })
  call.on('error', () => undefined).end()
  return {
    waitFor: async (name, endpoints) => {
      while (seen.get(name)?.endpoints !== endpoints) await new Promise<void>((resolve) => waiting.set(name, resolve))
      return seen.get(name)?.at ?? 0
    },
    withEndpoint: () => [...seen.values()].filter(({ endpoints }) => endpoints > 0).length,
    changes: () => changes,
    close: () => void call.destroy(),
  }
}
