import { applyBuilder, buildkitName, forEachBuilder, reportReplica } from './builders.ts'
import { watchEndpoints } from './endpoint-watch.ts'
import { type Cluster, startController } from './stage.ts'

export interface BurstResult {
  readonly count: number
  /** Until the last Pod was reported ready, which takes the API server a while. */
  readonly reportedSeconds: number
  /** Until the last endpoint of all replicas was published. */
  readonly publishedSeconds: number
  readonly medianMilliseconds: number
  readonly writesPerBuilder: number
  readonly eventsPerBuilder: number
  /** Requests for builders that read instead of write. */
  readonly reads: number
  readonly peakMegabytes: number
}

/** Many builders from their creation to all their endpoints; all their Pods become ready as fast as the API server takes it. */
export async function measureBurst(cluster: Cluster, count: number, replicas = 1): Promise<BurstResult> {
  const controller = await startController(cluster)
  const watch = await watchEndpoints(cluster)
  // Until its watches are open, too.
  await new Promise((resolve) => setTimeout(resolve, 1000))
  const readsBefore = await controller.metric('rest_client_requests_total', 'method="GET"')
  await forEachBuilder(count, (index) => applyBuilder(cluster, index, replicas))
  while ((await controller.metric('buildkit_status_patches_total')) < count)
    await new Promise((resolve) => setTimeout(resolve, 50))
  const reported: number[] = []
  const start = performance.now()
  await forEachBuilder(count, async (index) => {
    for (let replica = 0; replica < replicas; replica++) await reportReplica(cluster, { index, replica }, true)
    reported[index] = performance.now()
  })
  const reportedSeconds = (performance.now() - start) / 1000
  const published = await Promise.all(
    Array.from({ length: count }, (_, index) => watch.waitFor(buildkitName(index), replicas)),
  )
  const events = () => controller.metric('rest_client_requests_total', 'method="POST"')
  await settled(events)
  const times = published.map((at, index) => at - (reported[index] ?? 0)).sort((a, b) => a - b)
  const result: BurstResult = {
    count,
    reportedSeconds,
    publishedSeconds: (Math.max(...published) - start) / 1000,
    medianMilliseconds: times[Math.floor(count / 2)] as number,
    writesPerBuilder: watch.changes() / count,
    eventsPerBuilder: (await events()) / count,
    reads: (await controller.metric('rest_client_requests_total', 'method="GET"')) - readsBefore,
    peakMegabytes: controller.megabytes().peak,
  }
  watch.close()
  await controller.stop()
  return result
}

/** Events are written one after the other, behind what matters more: until no more of them come. */
async function settled(count: () => Promise<number>): Promise<void> {
  for (let last = -1, now = 0; now !== last; now = await count()) {
    last = now
    await new Promise((resolve) => setTimeout(resolve, 2000))
  }
}
