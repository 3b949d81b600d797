import type { Cluster } from '../../servers/cluster.ts'
import { applyDefinitions } from './apply-definitions.ts'
import { startArtifactServer } from './artifact-server.ts'
import { type FluxPackage, type FluxPackageOptions, fluxPackage } from './flux-package.ts'
import { startKustomizeController } from './start-kustomize-controller.ts'

/** kustomize-controller for real; this program stands in for source-controller, which fetches what it applies. */
export interface Flux {
  /** Has a namespace, or makes it, with a source and a Kustomization of examples/flux in it. */
  readonly createPackage: (options: FluxPackageOptions) => Promise<FluxPackage>
  /** Ends kustomize-controller; the result starts it again. */
  readonly crash: () => Promise<() => Promise<void>>
  readonly stop: () => Promise<void>
}

export async function startFlux(cluster: Cluster): Promise<Flux> {
  await applyDefinitions(cluster)
  let stopController = await startKustomizeController(cluster)
  const artifacts = await startArtifactServer()
  return {
    createPackage: (options) => fluxPackage({ cluster, artifacts }, options),
    crash: async () => {
      await stopController()
      return async () => {
        stopController = await startKustomizeController(cluster)
      }
    },
    stop: async () => {
      await stopController()
      await artifacts.stop()
    },
  }
}
