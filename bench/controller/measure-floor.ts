import { applyBuilder, buildkitName, forEachBuilder, reportPod, writeEndpoint } from './builders.ts'
import { watchEndpoints } from './endpoint-watch.ts'
import type { Cluster } from './stage.ts'

/**
 * Seconds that a burst takes the API server alone: a client that has nothing to find out writes each endpoint right after the report,
 * with as many requests at once. No controller can be faster on this machine.
 */
export async function measureFloor(cluster: Cluster, count: number): Promise<number> {
  await forEachBuilder(count, (index) => applyBuilder(cluster, index))
  const watch = await watchEndpoints(cluster)
  const start = performance.now()
  await forEachBuilder(count, async (index) => {
    await reportPod(cluster, index, true)
    await writeEndpoint(cluster, index)
  })
  const published = await Promise.all(
    Array.from({ length: count }, (_, index) => watch.waitFor(buildkitName(index), 1)),
  )
  watch.close()
  return (Math.max(...published) - start) / 1000
}
