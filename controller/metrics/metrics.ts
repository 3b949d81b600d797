import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** Every metric of the controller: first those of controller-runtime with the same names, then our own. */
export type Metrics = ReturnType<typeof createMetrics>

/** The labels `controller` and `name` of controller-runtime's metrics. */
export const CONTROLLER = 'buildkit'

/** Gauges of prom-client whose names are reserved for counters; it also has them by type, without `_total`. */
const MISNAMED = ['handles', 'requests', 'resources'].map((name) => `nodejs_active_${name}_total`)

/** From a status write that is answered at once to a builder that waits for a node. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

export function createMetrics() {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  for (const name of MISNAMED) registry.removeSingleMetric(name)
  const instruments = instrumentsOf(registry)
  return {
    registry,
    ...runtimeMetrics(instruments),
    ...queueMetrics(instruments),
    ...clientMetrics(instruments),
    ...watchMetrics(instruments),
    ...builderMetrics(instruments),
  }
}

function runtimeMetrics({ counter, gauge, histogram }: Instruments) {
  return {
    reconciles: counter(
      'controller_runtime_reconcile_total',
      'Reconciliations by result: success, error or requeue_after.',
      ['controller', 'result'],
    ),
    reconcileErrors: counter(
      'controller_runtime_reconcile_errors_total',
      'Reconciliations that failed and are retried.',
      ['controller'],
    ),
    reconcileSeconds: histogram(
      'controller_runtime_reconcile_time_seconds',
      'Duration of one reconciliation in seconds.',
      ['controller'],
    ),
    activeWorkers: gauge('controller_runtime_active_workers', 'Reconciliations in progress.', ['controller']),
    maxConcurrentReconciles: gauge(
      'controller_runtime_max_concurrent_reconciles',
      'Maximum number of concurrent reconciliations; one namespace gets at most three quarters (--concurrency).',
      ['controller'],
    ),
    leaderStatus: gauge(
      'leader_election_master_status',
      'Whether this process leads: it holds the Lease, or runs without leader election.',
      ['name'],
    ),
  }
}

/** When a builder was added to the queue and when work on it began, by `performance.now()`. */
interface WorkUnderWay {
  readonly wantedAt: number
  readonly startedAt: number
}

function queueMetrics({ counter, gauge, histogram }: Instruments) {
  return {
    queueDepth: gauge('workqueue_depth', 'Builders that wait for a worker.', ['name']),
    queueAdds: counter('workqueue_adds_total', 'Additions of builders to the queue.', ['name']),
    queueRetries: counter('workqueue_retries_total', 'Retries of builders after an error.', ['name']),
    queueSeconds: histogram('workqueue_queue_duration_seconds', 'Time that a builder waits for a worker, in seconds.', [
      'name',
    ]),
    workSeconds: histogram('workqueue_work_duration_seconds', 'Time that a worker spends on a builder, in seconds.', [
      'name',
    ]),
    unfinishedSeconds: gauge(
      'workqueue_unfinished_work_seconds',
      'Time that all work in progress has taken so far, in seconds.',
      ['name'],
    ),
    longestSeconds: gauge(
      'workqueue_longest_running_processor_seconds',
      'Time that the longest work in progress has taken so far, in seconds.',
      ['name'],
    ),
    /** By the key of the builder; the source of metrics that measure a duration. */
    underWay: new Map<string, WorkUnderWay>(),
  }
}

function clientMetrics({ counter, histogram }: Instruments) {
  return {
    requests: counter(
      'rest_client_requests_total',
      'Requests to the API server by status code; <error> if there is no answer.',
      ['code', 'method', 'host'],
    ),
    requestSeconds: histogram(
      'rest_client_request_duration_seconds',
      'Time until the API server begins to answer, in seconds.',
      ['verb', 'host'],
    ),
    requestRetries: counter('rest_client_request_retries_total', 'Requests that were sent again.', ['verb', 'host']),
  }
}

function watchMetrics({ counter, gauge, histogram }: Instruments) {
  return {
    watchRestarts: counter(
      'buildkit_watch_restarts_total',
      'Watches that ended, by reason; ended is a normal timeout.',
      ['resource', 'reason'],
    ),
    watchEvents: counter('buildkit_watch_events_total', 'Events received from watches.', ['resource', 'type']),
    lists: counter('buildkit_list_total', 'Complete lists, by reason.', ['resource', 'reason']),
    listSeconds: histogram('buildkit_list_duration_seconds', 'Duration of a complete list in seconds.', ['resource']),
    cacheSynced: gauge(
      'buildkit_cache_synced',
      'Whether the API server has sent a complete list and has not refused the resource since; namespace is empty for the whole cluster.',
      ['namespace', 'resource'],
    ),
    cacheObjects: gauge('buildkit_cache_objects', 'Objects in the cache.', ['resource']),
    cacheStaleness: gauge(
      'buildkit_cache_staleness_seconds',
      'Seconds since a watch last received anything; bookmarks come every minute. namespace is empty for the whole cluster.',
      ['namespace', 'resource'],
    ),
    cacheDivergence: counter(
      'buildkit_cache_divergence_total',
      'Objects whose changes a watch has missed; must stay 0.',
      ['resource'],
    ),
  }
}

function builderMetrics({ counter, gauge, histogram }: Instruments) {
  return {
    endpointSeconds: histogram(
      'buildkit_endpoint_latency_seconds',
      'Time from a change of a Pod until the resulting endpoint is written, in seconds.',
    ),
    statusPatches: counter('buildkit_status_patches_total', 'Writes of a Buildkit status, by result.', ['result']),
    builders: gauge(
      'buildkit_builders',
      'Buildkits by state: ready, serving (an older Pod), handover (no endpoint until a superseded Pod has ended), waiting (no endpoint) or stalled.',
      ['state'],
    ),
    gcDeletes: counter('buildkit_gc_deletes_total', 'Deletions of Pods, by reason and result.', ['reason', 'result']),
    gcSkipped: counter('buildkit_gc_skipped_total', 'Deletions that were held back, by cause.', ['why']),
    gcOrphans: gauge('buildkit_gc_orphans', 'Pods whose Buildkit is not in the lists.'),
    gcBreakerOpen: gauge(
      'buildkit_gc_breaker_open',
      'Whether orphans are kept because there are too many; namespace is empty for the whole cluster.',
      ['namespace'],
    ),
    buildInfo: gauge('buildkit_build_info', 'Versions of the controller and of Node.js.', ['version', 'node']),
  }
}

type Instruments = ReturnType<typeof instrumentsOf>

function instrumentsOf(registry: Registry) {
  const registers = [registry]
  return {
    counter: <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
      new Counter({ name, help, labelNames, registers }),
    gauge: <L extends string>(name: string, help: string, labelNames: readonly L[] = []) =>
      new Gauge({ name, help, labelNames, registers }),
    histogram: <L extends string>(name: string, help: string, labelNames: readonly L[] = []) =>
      new Histogram({ name, help, labelNames, buckets: SECONDS, registers }),
  }
}
