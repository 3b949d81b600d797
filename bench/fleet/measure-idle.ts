import { setTimeout } from 'node:timers/promises'
import { applyBuilder, forEachBuilder, reportPod } from '../controller/builders.ts'
import { type Cluster, startController } from '../controller/stage.ts'

export interface IdleResult {
  readonly minutes: number
  /** Also those for its Lease and to open watches again. */
  readonly requests: number
  readonly cpuSeconds: number
  readonly residentMegabytes: number
}

const MINUTES = 5

/** What one controller costs the API server of its cluster while nothing changes. */
export async function measureIdle(cluster: Cluster, builders: number): Promise<IdleResult> {
  await forEachBuilder(builders, (index) => applyBuilder(cluster, index))
  await forEachBuilder(builders, (index) => reportPod(cluster, index, true))
  const controller = await startController(cluster, '--leader-elect')
  while ((await controller.metric('buildkit_builders', 'ready')) < builders) await setTimeout(500)
  await setTimeout(10_000)
  const [requests, cpu] = [await controller.metric('rest_client_requests_total'), controller.cpuSeconds()]
  await setTimeout(MINUTES * 60_000)
  const result = {
    minutes: MINUTES,
    requests: (await controller.metric('rest_client_requests_total')) - requests,
    cpuSeconds: controller.cpuSeconds() - cpu,
    residentMegabytes: controller.megabytes().resident,
  }
  await controller.stop()
  return result
}
