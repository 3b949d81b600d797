import type { Cluster } from '../../servers/cluster.ts'
import type { Engine } from '../engine.ts'
import { render } from '../render.ts'
import { type Flux, startFlux } from './start-flux.ts'

/** Flux with the Kustomization of examples/flux, which waits for builders to be ready and looks again every few seconds. */
export async function startFluxEngine(cluster: Cluster): Promise<Engine> {
  return fluxEngine(await startFlux(cluster))
}

export async function fluxEngine(flux: Flux): Promise<Engine> {
  const { push, reconcile, ready, remove } = await flux.createPackage({ namespace: 'default' })
  return {
    name: 'Flux',
    healsByItself: true,
    sync: async (manifests) => push(await render(manifests)),
    again: reconcile,
    refused: async (manifests) => {
      await push(await render(manifests))
      const { reason, message } = await ready()
      return `${reason}: ${message}`
    },
    health: async () => {
      const { status, reason } = await ready()
      return `${status} ${reason}`
    },
    healthy: 'True ReconciliationSucceeded',
    crash: flux.crash,
    destroy: remove,
    stop: flux.stop,
  }
}
