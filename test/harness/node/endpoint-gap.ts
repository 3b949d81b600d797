import { setTimeout } from 'node:timers/promises'
import type { BuilderCluster } from './cluster-with-controller.ts'

/** What somebody saw who read the status of a builder again and again. */
export interface Gap {
  /** How long it had no endpoint, all in all. */
  readonly seconds: number
  /** The reasons for that, and the message of each when it was first seen. */
  readonly reasons: ReadonlyMap<string, string>
}

/** Watches a builder that serves; call what it returns at the end. */
export function watchGap(cluster: BuilderCluster, name: string): () => Promise<Gap> {
  const reasons = new Map<string, string>()
  const end = new AbortController()
  let milliseconds = 0
  const watching = (async () => {
    let last = performance.now()
    while (!end.signal.aborted) {
      const { endpoint, reason, message } = await cluster.status(name)
      const now = performance.now()
      if (endpoint === '') {
        milliseconds += now - last
        if (!reasons.has(reason)) reasons.set(reason, message)
      }
      last = now
      await setTimeout(100)
    }
  })()
  return async () => {
    end.abort()
    await watching
    return { seconds: milliseconds / 1000, reasons }
  }
}
