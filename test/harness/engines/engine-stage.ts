import type { Cluster } from '../servers/cluster.ts'
import { type Stage, startStage } from '../servers/stage.ts'
import { type EndpointWatch, watchEndpoints } from './endpoint-watch.ts'
import type { Engine } from './engine.ts'
import { type Kubelet, startKubelet } from './kubelet.ts'
import { startStorage } from './storage.ts'

/** A real API server with our CRDs and the controller, a stand-in for the kubelet, and a real engine. */
export interface EngineStage {
  readonly engine: Engine
  readonly cluster: Cluster
  readonly controller: Stage['controller']
  readonly kubelet: Kubelet
  readonly endpoints: EndpointWatch
  readonly stop: () => Promise<void>
}

/** Graces that a test can wait for. */
const ARGS = ['--handover-grace=2s', '--deletion-quarantine=1s']

export interface EngineStageOptions {
  /** Whether claims are bound and Pods scheduled as Kubernetes does it. */
  readonly hasStorage?: boolean
}

export async function startEngineStage(
  startEngine: (cluster: Cluster) => Promise<Engine>,
  { hasStorage = false }: EngineStageOptions = {},
): Promise<EngineStage> {
  const stage = await startStage(ARGS)
  const { cluster, controller } = stage
  try {
    const engine = await startEngine(cluster)
    const storage = hasStorage ? await startStorage(cluster) : undefined
    const kubelet = startKubelet(cluster, { isScheduled: hasStorage })
    const endpoints = watchEndpoints(cluster)
    const stop = async () => {
      await Promise.all([engine.stop(), kubelet.stop(), endpoints.stop(), storage?.stop()])
      await stage.stop()
    }
    return { engine, cluster, controller, kubelet, endpoints, stop }
  } catch (error) {
    await stage.stop()
    throw error
  }
}
