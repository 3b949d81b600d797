import { applyBuilder, forEachBuilder, reportPod } from './builders.ts'
import { type Cluster, type Controller, startController } from './stage.ts'

export interface Start {
  readonly syncedSeconds: number
  /** Until the status of every builder was as it must be. */
  readonly settledSeconds: number
  readonly writes: number
  readonly peakMegabytes: number
  /** The longest time for which the event loop was blocked. */
  readonly blockedMilliseconds: number
}

export interface TenThousandResult {
  readonly first: Start
  readonly second: Start
}

const COUNT = 10_000

/** A controller that comes to 10,000 ready Pods whose Buildkits have no status yet; then one that finds everything done. */
export async function measureTenThousand(cluster: Cluster): Promise<TenThousandResult> {
  await forEachBuilder(COUNT, (index) => applyBuilder(cluster, index))
  await forEachBuilder(COUNT, (index) => reportPod(cluster, index, true))
  return { first: await startOn(cluster, COUNT), second: await startOn(cluster, COUNT) }
}

/** Starts a controller on so many ready builders, waits until nothing is left to do, and ends it. */
export async function startOn(cluster: Cluster, count: number): Promise<Start> {
  const start = performance.now()
  const controller = await startController(cluster)
  let blocked = 0
  while (!(await isSettled(controller, count))) {
    blocked = Math.max(blocked, await controller.metric('nodejs_eventloop_lag_max_seconds'))
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  blocked = Math.max(blocked, await controller.metric('nodejs_eventloop_lag_max_seconds'))
  const result = {
    syncedSeconds: controller.readyMilliseconds / 1000,
    settledSeconds: (performance.now() - start) / 1000,
    writes: await controller.metric('buildkit_status_patches_total'),
    peakMegabytes: controller.megabytes().peak,
    blockedMilliseconds: blocked * 1000,
  }
  await controller.stop()
  return result
}

async function isSettled(controller: Controller, count: number): Promise<boolean> {
  const ready = await controller.metric('buildkit_builders', 'ready')
  const waiting = await controller.metric('workqueue_depth')
  return ready === count && waiting === 0
}
