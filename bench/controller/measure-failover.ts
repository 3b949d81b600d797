import { type Cluster, type Controller, startController } from './stage.ts'

export interface FailoverResult {
  /** From the signal to the leader until the standby leads. */
  readonly afterTermSeconds: number
  readonly afterKillSeconds: number
}

/** Two replicas with the timings of a release; the one that leads ends, in order and not. */
export async function measureFailover(cluster: Cluster): Promise<FailoverResult> {
  const first = await startController(cluster, '--leader-elect')
  await leads(first)
  const second = await startController(cluster, '--leader-elect')
  const afterTermSeconds = await takeOver(first, 'SIGTERM', second)
  const third = await startController(cluster, '--leader-elect')
  const afterKillSeconds = await takeOver(second, 'SIGKILL', third)
  await third.stop()
  return { afterTermSeconds, afterKillSeconds }
}

async function takeOver(leader: Controller, signal: NodeJS.Signals, standby: Controller): Promise<number> {
  const start = performance.now()
  leader.signal(signal)
  await leads(standby)
  const seconds = (performance.now() - start) / 1000
  await leader.ended
  return seconds
}

async function leads(controller: Controller): Promise<void> {
  while ((await controller.metric('leader_election_master_status')) !== 1)
    await new Promise((resolve) => setTimeout(resolve, 20))
}
