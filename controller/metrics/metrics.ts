import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** Every metric of the controller: first those of each controller-runtime controller by the same names, then our own. */
export type Metrics = ReturnType<typeof createMetrics>

/** The label `controller` and `name` of what controller-runtime counts. */
export const CONTROLLER = 'buildkit'

/** Gauges of prom-client that are called what only counters may be; without `_total` it has them by type. */
const MISNAMED = ['handles', 'requests', 'resources'].map((name) => `nodejs_active_${name}_total`)

/** From a status write that the API server answers at once to a builder that waits for a node. */
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
      'Reconciliations that failed and are tried again.',
      ['controller'],
    ),
    reconcileSeconds: histogram('controller_runtime_reconcile_time_seconds', 'How long one reconciliation takes.', [
      'controller',
    ]),
    activeWorkers: gauge('controller_runtime_active_workers', 'Reconciliations under way.', ['controller']),
    maxConcurrentReconciles: gauge(
      'controller_runtime_max_concurrent_reconciles',
      'How many reconciliations may be under way at once, those of one namespace three quarters of them (--concurrency).',
      ['controller'],
    ),
    leaderStatus: gauge(
      'leader_election_master_status',
      'Whether this process holds the Lease, or works without one.',
      ['name'],
    ),
  }
}

/** When work on a builder was wanted and when it began, by `performance.now()`. */
interface WorkUnderWay {
  readonly wantedAt: number
  readonly startedAt: number
}

function queueMetrics({ counter, gauge, histogram }: Instruments) {
  return {
    queueDepth: gauge('workqueue_depth', 'Builders that wait for a worker.', ['name']),
    queueAdds: counter('workqueue_adds_total', 'How often a builder was added to the queue.', ['name']),
    queueRetries: counter('workqueue_retries_total', 'How often a builder is tried again after an error.', ['name']),
    queueSeconds: histogram('workqueue_queue_duration_seconds', 'How long a builder waits for a worker.', ['name']),
    workSeconds: histogram('workqueue_work_duration_seconds', 'How long a worker works on a builder.', ['name']),
    unfinishedSeconds: gauge('workqueue_unfinished_work_seconds', 'How long all work under way has taken so far.', [
      'name',
    ]),
    longestSeconds: gauge(
      'workqueue_longest_running_processor_seconds',
      'How long the longest work under way has taken so far.',
      ['name'],
    ),
    /** By the key of the builder; what the metrics are made of that need more than one moment. */
    underWay: new Map<string, WorkUnderWay>(),
  }
}

function clientMetrics({ counter, histogram }: Instruments) {
  return {
    requests: counter(
      'rest_client_requests_total',
      'Requests to the API server by status code; <error> where no answer came.',
      ['code', 'method', 'host'],
    ),
    requestSeconds: histogram(
      'rest_client_request_duration_seconds',
      'How long the API server takes to begin an answer.',
      ['verb', 'host'],
    ),
    requestRetries: counter('rest_client_request_retries_total', 'Requests that were sent once more.', [
      'verb',
      'host',
    ]),
  }
}

function watchMetrics({ counter, gauge, histogram }: Instruments) {
  return {
    watchRestarts: counter(
      'buildkit_watch_restarts_total',
      'Watches that came to their end, by reason; ended is a normal timeout.',
      ['resource', 'reason'],
    ),
    watchEvents: counter('buildkit_watch_events_total', 'Events of the watches.', ['resource', 'type']),
    lists: counter('buildkit_list_total', 'Complete lists, by why they were needed.', ['resource', 'reason']),
    listSeconds: histogram('buildkit_list_duration_seconds', 'How long a complete list takes.', ['resource']),
    cacheSynced: gauge(
      'buildkit_cache_synced',
      'Whether the API server has given a complete list, and still lets us see the resource; namespace is empty for the whole cluster.',
      ['namespace', 'resource'],
    ),
    cacheObjects: gauge('buildkit_cache_objects', 'Objects that are known.', ['resource']),
    cacheStaleness: gauge(
      'buildkit_cache_staleness_seconds',
      'Seconds since a watch last received anything; bookmarks come every minute. namespace is empty for the whole cluster.',
      ['namespace', 'resource'],
    ),
    cacheDivergence: counter(
      'buildkit_cache_divergence_total',
      'Objects that a watch has not told us of although it had the time; must stay 0.',
      ['resource'],
    ),
  }
}

function builderMetrics({ counter, gauge, histogram }: Instruments) {
  return {
    endpointSeconds: histogram(
      'buildkit_endpoint_latency_seconds',
      'From the news about a Pod until the endpoint that follows from it is written.',
    ),
    statusPatches: counter('buildkit_status_patches_total', 'Writes of a Buildkit status.', ['result']),
    builders: gauge(
      'buildkit_builders',
      'Buildkits by state: ready, serving (an older Pod), waiting (no endpoint) or stalled.',
      ['state'],
    ),
    gcDeletes: counter('buildkit_gc_deletes_total', 'Pods to delete, by what they are and how it went.', [
      'reason',
      'result',
    ]),
    gcSkipped: counter('buildkit_gc_skipped_total', 'Deletions that were held back, by why.', ['why']),
    gcOrphans: gauge('buildkit_gc_orphans', 'Pods whose Buildkit the lists lack.'),
    gcBreakerOpen: gauge(
      'buildkit_gc_breaker_open',
      'Whether orphans stay because there are too many of them; namespace is empty for the whole cluster.',
      ['namespace'],
    ),
    buildInfo: gauge('buildkit_build_info', 'The version of the controller, and of Node.', ['version', 'node']),
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
