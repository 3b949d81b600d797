import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type RequestOptions, request } from 'node:https'
import { createInterface } from 'node:readline'
import { API_VERSION } from '../../../crds/names.ts'
import type { Cluster } from '../servers/cluster.ts'

/** What clients of a builder could read in its status, in every version that was written. */
export interface Seen {
  /** The longest time without an endpoint, in seconds. */
  readonly gap: number
  /** The smallest number of Pods in `endpoints`. */
  readonly fewest: number
}

/** Watches a builder in the namespace `default` from its present status on; the result ends that. */
export async function watchStatus({ url, token }: Pick<Cluster, 'url' | 'token'>, name: string): Promise<() => Seen> {
  const path = `/apis/${API_VERSION}/namespaces/default/buildkits?watch=true&fieldSelector=metadata.name=${name}`
  const options: RequestOptions = { rejectUnauthorized: false, headers: { authorization: `Bearer ${token}` } }
  const call = request(new URL(path, url), options).end()
  const [response] = await once(call, 'response')
  let [gap, fewest] = [0, Number.POSITIVE_INFINITY]
  let emptySince: number | undefined
  const endGap = () => {
    if (emptySince !== undefined) gap = Math.max(gap, (performance.now() - emptySince) / 1000)
  }
  const lines = createInterface({ input: response })
  // Our end is one.
  for (const emitter of [response, lines]) emitter.on('error', () => undefined)
  lines.on('line', (line) => {
    const { status } = JSON.parse(line).object
    endGap()
    emptySince = status?.endpoint === undefined ? performance.now() : undefined
    fewest = Math.min(fewest, status?.endpoints?.length ?? 0)
  })
  await once(lines, 'line')
  return () => {
    assert.ok(!response.destroyed, 'the watch has ended')
    endGap()
    call.destroy()
    return { gap, fewest }
  }
}
