import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLog } from '../../../controller/log.ts'
import { createMetrics, type Metrics } from '../../../controller/metrics/metrics.ts'
import { observeCaches, queueObserver, reflectorObserver, zeroCounters } from '../../../controller/metrics/observers.ts'
import type { Buildkit, BuildkitStatus } from '../../../controller/observation.ts'
import { reconcileObserver } from '../../../controller/report.ts'
import { createStore } from '../../../controller/store.ts'
import { scopeOf, scrapeOfADay, WATCHES } from './scrape-of-a-day.ts'

const log = createLog('fatal', { write: () => undefined })

/** The lines of a scrape about these metrics. */
async function series({ registry }: Metrics, ...names: readonly string[]): Promise<readonly string[]> {
  return linesOf(await registry.metrics(), names)
}

function linesOf(scrape: string, names: readonly string[]): readonly string[] {
  return scrape.split('\n').filter((line) => names.some((name) => line.startsWith(name)))
}

test('metrics have the names of controller-runtime and client-go', async () => {
  const scrape = await scrapeOfADay()
  const missing = CONTROLLER_RUNTIME.filter((name) => !new RegExp(`^${name}(_bucket)?{`, 'm').test(scrape))
  assert.deepEqual(missing, [])
})

const CONTROLLER_RUNTIME = [
  'controller_runtime_reconcile_total',
  'controller_runtime_reconcile_errors_total',
  'controller_runtime_reconcile_time_seconds',
  'controller_runtime_active_workers',
  'controller_runtime_max_concurrent_reconciles',
  'workqueue_depth',
  'workqueue_adds_total',
  'workqueue_retries_total',
  'workqueue_queue_duration_seconds',
  'workqueue_work_duration_seconds',
  'workqueue_unfinished_work_seconds',
  'workqueue_longest_running_processor_seconds',
  'leader_election_master_status',
  'rest_client_requests_total',
  'rest_client_request_duration_seconds',
  'rest_client_request_retries_total',
]

test('counters of alerts exist before their first event', async () => {
  const metrics = createMetrics()
  zeroCounters(metrics)
  const names = ['buildkit_cache_divergence_total', 'controller_runtime_reconcile_errors_total']
  assert.deepEqual(await series(metrics, ...names), [
    'controller_runtime_reconcile_errors_total{controller="buildkit"} 0',
    'buildkit_cache_divergence_total{resource="buildkits"} 0',
    'buildkit_cache_divergence_total{resource="pods"} 0',
  ])
  const refused = (await series(metrics, 'buildkit_gc_deletes_total')).filter((line) => line.includes('refused'))
  assert.equal(refused.length, 4)
})

test('work in progress is visible while it lasts', async () => {
  const metrics = createMetrics()
  const queue = queueObserver(metrics, log)
  const seconds = async () => {
    observeCaches(metrics, createStore(), WATCHES)
    const lines = await series(metrics, 'workqueue_unfinished', 'workqueue_longest')
    return lines.map((line) => Number(line.split(' ')[1]))
  }
  assert.deepEqual(await seconds(), [0, 0])
  queue.onStart('ci/a', 0, 0)
  queue.onStart('ci/b', 0, 0)
  const [unfinished = 0, longest = 0] = await seconds()
  assert.ok(unfinished > longest && longest > 0)
  for (const key of ['ci/a', 'ci/b']) queue.onEnd(key, 0.1, { result: 'success' })
  assert.deepEqual(await seconds(), [0, 0])
})

test('the latency of an endpoint is measured once, from the change of its Pod', async () => {
  const metrics = createMetrics()
  const events = { record: () => undefined, flush: async () => undefined }
  const observer = reconcileObserver({ metrics, log, events })
  const queue = queueObserver(metrics, log)
  const [none, first, second] = [{}, { endpoint: 'tcp://10.0.0.1:1234' }, { endpoint: 'tcp://10.0.0.2:1234' }]
  const moves: readonly (readonly [BuildkitStatus, BuildkitStatus])[] = [
    [none, first],
    [first, first],
    [first, second],
    [second, none],
  ]
  for (const [before, status] of moves) {
    queue.onStart('ci/b', 20, 0)
    observer.onStatus({ ...BUILDKIT, status }, before)
    queue.onEnd('ci/b', 0.01, { result: 'success' })
  }
  assert.deepEqual(await series(metrics, 'buildkit_endpoint_latency_seconds_bucket{le="10"}'), [
    'buildkit_endpoint_latency_seconds_bucket{le="10"} 0',
  ])
  assert.deepEqual(await series(metrics, 'buildkit_endpoint_latency_seconds_bucket{le="30"}'), [
    'buildkit_endpoint_latency_seconds_bucket{le="30"} 2',
  ])
})

const IDENTITY = { namespace: 'ci', name: 'b', uid: 'u', resourceVersion: '1', generation: 1 }
const BUILDKIT: Buildkit = { ...IDENTITY, podNames: [], status: {} }

test('builders are counted by state', async () => {
  const metrics = createMetrics()
  const store = createStore()
  const statuses: readonly BuildkitStatus[] = [
    { endpoint: 'tcp://10.0.0.1:1234', conditions: [condition('Ready', 'True')] },
    { endpoint: 'tcp://10.0.0.2:1234', conditions: [condition('Ready', 'False')] },
    { conditions: [condition('Ready', 'False')] },
    {},
    { conditions: [{ ...condition('Ready', 'False'), reason: 'WaitingForHandover' }] },
    { conditions: [condition('Ready', 'False'), condition('Stalled', 'True')] },
  ]
  for (const [at, status] of statuses.entries()) store.buildkits.set(`ci/${at}`, { ...BUILDKIT, status })
  observeCaches(metrics, store, WATCHES)
  assert.deepEqual(await series(metrics, 'buildkit_builders', 'buildkit_cache_objects'), [
    'buildkit_cache_objects{resource="buildkits"} 6',
    'buildkit_cache_objects{resource="pods"} 0',
    'buildkit_builders{state="ready"} 1',
    'buildkit_builders{state="serving"} 1',
    'buildkit_builders{state="handover"} 1',
    'buildkit_builders{state="waiting"} 2',
    'buildkit_builders{state="stalled"} 1',
  ])
})

function condition(type: string, status: 'True' | 'False') {
  return { type, status, reason: 'Because', message: '', lastTransitionTime: '2026-01-01T00:00:00Z' }
}

test('no metric has a label for a single object', async () => {
  const ours = linesOf(await scrapeOfADay(), [
    'buildkit_',
    'controller_runtime_',
    'leader_',
    'rest_client_',
    'workqueue_',
  ])
  const labels = ours.flatMap((line) => [...line.matchAll(/[{,]([a-z_]+)="/g)].map(([, label]) => label))
  const known = 'code controller host le method name namespace node reason resource result state type verb version why'
  assert.deepEqual([...new Set(labels)].sort(), known.split(' '))
})

test('the state of the watches is reported for each namespace', async () => {
  const metrics = createMetrics()
  const scopes = [scopeOf('team-a', true), scopeOf('team-b', false)]
  observeCaches(metrics, createStore(), { ...WATCHES, scopes })
  assert.deepEqual(await series(metrics, 'buildkit_cache_synced', 'buildkit_cache_staleness_seconds'), [
    'buildkit_cache_synced{namespace="team-a",resource="buildkits"} 1',
    'buildkit_cache_synced{namespace="team-b",resource="buildkits"} 0',
    'buildkit_cache_synced{namespace="team-a",resource="pods"} 1',
    'buildkit_cache_synced{namespace="team-b",resource="pods"} 0',
    'buildkit_cache_staleness_seconds{namespace="team-a",resource="buildkits"} 1',
    'buildkit_cache_staleness_seconds{namespace="team-b",resource="buildkits"} +Inf',
    'buildkit_cache_staleness_seconds{namespace="team-a",resource="pods"} 1',
    'buildkit_cache_staleness_seconds{namespace="team-b",resource="pods"} +Inf',
  ])
})

test('a watch that has lost events is counted, and no other', async () => {
  const metrics = createMetrics()
  const pods = reflectorObserver({ resource: 'pods', namespace: '' }, metrics, log)
  pods.onDivergence(0)
  pods.onDivergence(2)
  assert.deepEqual(await series(metrics, 'buildkit_cache_divergence_total'), [
    'buildkit_cache_divergence_total{resource="pods"} 2',
  ])
})
