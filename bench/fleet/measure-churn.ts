import { setTimeout } from 'node:timers/promises'
import { applyBuilder, buildkitName, forEachBuilder, reportPod } from '../controller/builders.ts'
import { watchEndpoints } from '../controller/endpoint-watch.ts'
import { type Start, startOn } from '../controller/measure-ten-thousand.ts'
import { type Cluster, startController } from '../controller/stage.ts'

export interface Largest {
  readonly builders: number
  readonly minutes: number
}

export interface ChurnResult extends Largest {
  /** With a status to write for each builder, and with none. */
  readonly first: Start
  readonly second: Start
  /** Changes of readiness, each of which clears or publishes an endpoint. */
  readonly changes: number
  readonly medianMilliseconds: number
  readonly p99Milliseconds: number
  readonly peakMegabytes: number
  readonly cpuSeconds: number
}

const AT_ONCE = 16

/** A controller with many builders: its starts, and then Pods that become ready and unready all the time. */
export async function measureChurn(cluster: Cluster, { builders, minutes }: Largest): Promise<ChurnResult> {
  await forEachBuilder(builders, (index) => applyBuilder(cluster, index))
  await forEachBuilder(builders, (index) => reportPod(cluster, index, true))
  const [first, second] = [await startOn(cluster, builders), await startOn(cluster, builders)]
  const controller = await startController(cluster)
  while ((await controller.metric('buildkit_builders', 'ready')) < builders) await setTimeout(500)
  const cpu = controller.cpuSeconds()
  const lags = (await churn(cluster, { builders, minutes })).sort((a, b) => a - b)
  const result = {
    ...resultOf(lags),
    cpuSeconds: controller.cpuSeconds() - cpu,
    peakMegabytes: controller.megabytes().peak,
  }
  await controller.stop()
  return { builders, minutes, first, second, ...result }
}

/** How many milliseconds after each report its endpoint was cleared or published, as a client sees it. */
async function churn(cluster: Cluster, { builders, minutes }: Largest): Promise<number[]> {
  const watch = await watchEndpoints(cluster)
  const end = performance.now() + minutes * 60_000
  const lags: number[] = []
  let next = 0
  const worker = async () => {
    while (performance.now() < end) {
      const index = next++ % builders
      for (const isReady of [false, true]) {
        const start = performance.now()
        await reportPod(cluster, index, isReady)
        lags.push((await watch.waitFor(buildkitName(index), isReady ? 1 : 0)) - start)
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  watch.close()
  return lags
}

function resultOf(lags: readonly number[]) {
  const quantile = (share: number) => lags[Math.floor(lags.length * share)] ?? 0
  return { changes: lags.length, medianMilliseconds: quantile(0.5), p99Milliseconds: quantile(0.99) }
}
