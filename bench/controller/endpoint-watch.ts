import { request } from 'node:https'
import { createInterface } from 'node:readline'
import { API_VERSION } from '../../crds/names.ts'
import type { Cluster } from './stage.ts'

/** What a client that watches Buildkits has seen. */
export interface EndpointWatch {
  /** When the Buildkit was last seen to have, or not to have, an endpoint, by `performance.now()`. */
  readonly waitFor: (name: string, hasEndpoint: boolean) => Promise<number>
  readonly withEndpoint: () => number
  /** How often the status of any Buildkit changed. */
  readonly changes: () => number
  readonly close: () => void
}

interface Seen {
  readonly hasEndpoint: boolean
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
      seen.set(object.metadata.name, { hasEndpoint: Boolean(object.status?.endpoint), at: performance.now() })
      waiting.get(object.metadata.name)?.()
    })
  })
  call.on('error', () => undefined).end()
  return {
    waitFor: async (name, hasEndpoint) => {
      while (seen.get(name)?.hasEndpoint !== hasEndpoint)
        await new Promise<void>((resolve) => waiting.set(name, resolve))
      return seen.get(name)?.at ?? 0
    },
    withEndpoint: () => [...seen.values()].filter(({ hasEndpoint }) => hasEndpoint).length,
    changes: () => changes,
    close: () => void call.destroy(),
  }
}
