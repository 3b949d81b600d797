import { setTimeout } from 'node:timers/promises'
import { build } from './builder.ts'
import type { BuilderCluster } from './cluster-with-controller.ts'

/** What became of the builds of a client. */
export interface Builds {
  readonly succeeded: number
  /** What buildx wrote about each of the others. */
  readonly cut: readonly string[]
}

/**
 * A client that builds all the time, each time at the endpoint that the builder has then; it waits while there is none. Its last build ends
 * before what this returns resolves.
 */
export function buildRepeatedly(cluster: BuilderCluster, name: string, seconds: number): () => Promise<Builds> {
  const end = new AbortController()
  const cut: string[] = []
  let succeeded = 0
  const building = (async () => {
    while (!end.signal.aborted) {
      const endpoint = await cluster.endpoint(name)
      if (endpoint === '') {
        await setTimeout(200)
        continue
      }
      const { code, output } = await build(cluster.node, endpoint, seconds)
      if (code === 0) succeeded += 1
      else cut.push(output)
    }
  })()
  return async () => {
    end.abort()
    await building
    return { succeeded, cut }
  }
}
