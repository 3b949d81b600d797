import { applyBuilder, buildkitName, reportPod } from './builders.ts'
import { watchEndpoints } from './endpoint-watch.ts'
import { type Cluster, startController } from './stage.ts'

export interface OneResult {
  readonly medianMilliseconds: number
  readonly p99Milliseconds: number
  readonly residentMegabytes: number
  /** While nothing happened. */
  readonly idle: { readonly seconds: number; readonly requests: number; readonly cpuSeconds: number }
}

const ROUNDS = 200
const IDLE_SECONDS = 60

/** From the answer to a kubelet's report that a Pod is ready, to the endpoint in the eyes of a client that watches. */
export async function measureOne(cluster: Cluster): Promise<OneResult> {
  const controller = await startController(cluster)
  const watch = await watchEndpoints(cluster)
  await applyBuilder(cluster, 0)
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    await reportPod(cluster, 0, true)
    const reported = performance.now()
    times.push((await watch.waitFor(buildkitName(0), 1)) - reported)
    await reportPod(cluster, 0, false)
    await watch.waitFor(buildkitName(0), 0)
  }
  watch.close()
  const requests = await controller.metric('rest_client_requests_total')
  const cpuSeconds = controller.cpuSeconds()
  await new Promise((resolve) => setTimeout(resolve, IDLE_SECONDS * 1000))
  const idle = {
    seconds: IDLE_SECONDS,
    requests: (await controller.metric('rest_client_requests_total')) - requests,
    cpuSeconds: controller.cpuSeconds() - cpuSeconds,
  }
  const { resident } = controller.megabytes()
  await controller.stop()
  times.sort((a, b) => a - b)
  return {
    medianMilliseconds: times[ROUNDS / 2] as number,
    p99Milliseconds: times[Math.floor(ROUNDS * 0.99)] as number,
    residentMegabytes: resident,
    idle,
  }
}
