import type { Server } from 'node:http'
import process from 'node:process'
import { assemble, type Controller } from './assemble.ts'
import { startHealthServer, startMetricsServer } from './health-server.ts'
import { placesFor } from './kube/queue/queue.ts'
import { CONTROLLER, createMetrics, type Metrics } from './metrics/metrics.ts'
import { observeCaches, zeroCounters } from './metrics/observers.ts'
import { readinessOf } from './readiness.ts'
import type { Surroundings } from './surroundings.ts'

/**
 * Runs the controller until `signal` aborts, and then what is under way to its end. Rejects where it cannot listen on an address;
 * `stuck` where work did not end in time after the Lease was lost.
 */
export async function run(surroundings: Surroundings, signal: AbortSignal): Promise<'stopped' | 'stuck'> {
  const { settings, log, version, access } = surroundings
  const metrics = createMetrics()
  metrics.buildInfo.set({ version, node: process.version }, 1)
  metrics.maxConcurrentReconciles.set({ controller: CONTROLLER }, placesFor(settings.concurrency))
  zeroCounters(metrics)
  const controller = assemble(surroundings, metrics)
  const servers = await startServers(surroundings, metrics, { controller, signal })
  log.info(
    {
      version,
      cluster: access.description,
      server: access.server.href,
      namespaces: settings.namespaces,
      gc: settings.gc,
      leaderElect: settings.leaderElect,
    },
    'started',
  )
  const end = new AbortController()
  const watching = controller.watches.run(end.signal)
  const outcome = await controller.election.run(signal)
  end.abort()
  await Promise.all([watching, controller.events.flush()])
  for (const server of servers) server.close().closeAllConnections()
  controller.client.close()
  return outcome === 'released' ? 'stopped' : outcome
}

interface Running {
  readonly controller: Controller
  readonly signal: AbortSignal
}

async function startServers(
  { settings }: Surroundings,
  metrics: Metrics,
  { controller, signal }: Running,
): Promise<readonly Server[]> {
  const { registry } = metrics
  const { store, watches } = controller
  const readyz = {
    ...readinessOf(watches.scopes),
    shutdown: () => (signal.aborted ? 'stopping' : undefined),
  }
  const scrape = () => {
    observeCaches(metrics, store, watches)
    return registry.metrics()
  }
  const { healthAddress, metricsAddress } = settings
  const starting = [
    ...(healthAddress ? [startHealthServer(healthAddress, { livez: { ping: () => undefined }, readyz })] : []),
    ...(metricsAddress ? [startMetricsServer(metricsAddress, { contentType: registry.contentType, scrape })] : []),
  ]
  return Promise.all(starting)
}
