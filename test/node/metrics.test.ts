import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { after, before, suite, test } from 'node:test'
import { DASHBOARDS, queriesOf, readDashboard } from '../harness/metrics/dashboard.ts'
import { type BuilderCluster, startBuilderCluster } from '../harness/node/cluster-with-controller.ts'
import { buildInVain, buildSteps, MEASURED_NAMESPACE, writeMeasured } from '../harness/node/measured-builders.ts'
import { needsNode } from '../harness/node/needs-node.ts'
import { SERVICE_IP } from '../harness/node/node-files.ts'
import { type Answer, type Prometheus, startPrometheus } from '../harness/node/prometheus.ts'
import { needs } from '../harness/servers/binaries.ts'
import { eventually } from '../harness/servers/eventually.ts'

/** Longer than the builds of this test, so that each rate sees them. */
const RATE_SECONDS = 300

/** Queries that may have no answer here, each with the reason. */
const RIGHTLY_EMPTY: Readonly<Record<string, string>> = { 'Errors B': 'no watch breaks' }

const SINK = join(import.meta.dirname, '../harness/node/otlp-sink.ts')
const OTLP = { serviceName: 'shop', endpoint: `http://${SERVICE_IP}:4317` }
const BUILDERS = {
  shop: { observability: { metrics: {}, otlp: OTLP } },
  till: { rootless: true, observability: { metrics: { port: 9000 } } },
}

interface Stage {
  readonly cluster: BuilderCluster
  readonly prometheus: Prometheus
}

/** The first value of an expression. */
async function ask({ prometheus }: Stage, expr: string): Promise<number> {
  const [answer] = await prometheus.query([expr])
  return Number(answer?.data?.result[0]?.value?.[1])
}

const scenarios: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
  'a PodMonitor as in examples/metrics finds each builder by the name of its port, and gives it the labels of its Buildkit and its template':
    async (stage) => {
      for (const name of Object.keys(BUILDERS)) await stage.cluster.readyEndpoint(name, 90)
      await eventually(() => ask(stage, 'sum(up{job="builders/builders"})'), 2, 20)
      const [answer] = await stage.prometheus.query(['up{job="builders/builders"}'])
      const found = answer?.data?.result.map(({ metric }) => [
        metric.namespace,
        metric.buildkit_seatgeek_io_buildkit,
        metric.buildkit_seatgeek_io_template,
        metric.instance?.replace(/.*:/, ''),
      ])
      assert.deepEqual(found?.sort(), [
        ['builders', 'shop', 'shop-template', '6060'],
        ['builders', 'till', 'till-template', '9000'],
      ])
    },

  'builds count from the first one on by their result, and steps by whether the cache had them': async (stage) => {
    const { cluster } = stage
    for (const name of Object.keys(BUILDERS)) {
      const endpoint = await cluster.readyEndpoint(name)
      for (const version of [1, 1]) {
        const { code, output } = await buildSteps(cluster.node, endpoint, version)
        assert.equal(code, 0, output)
      }
      assert.notEqual((await buildInVain(cluster.node, endpoint)).code, 0)
    }
    await eventually(() => ask(stage, 'sum(buildkit_builds_total{status="success"})'), 4, 20)
    await eventually(() => ask(stage, 'sum(buildkit_builds_total{status="failure"})'), 2, 20)
    const panels = queriesOf(readDashboard('builders'), RATE_SECONDS)
    const panel = (name: string) => ask(stage, panels.find((query) => query.name === `${name} A`)?.expr ?? '')
    assert.deepEqual([await panel('Builders'), await panel('Builds in the last hour')], [2, 6])
    assert.equal((await panel('Failed builds')).toFixed(3), '0.333')
    const cached = await panel('Steps from the cache')
    assert.ok(cached > 0.1 && cached < 0.9, `${cached}`)
  },

  'BuildKit sends traces and metrics to the endpoint of `observability.otlp`': async ({ cluster }) => {
    const received = async () => new Set((await readFile(join(cluster.node.folder, 'otlp.log'), 'utf8')).split('\n'))
    for (const kind of ['trace.v1.Trace', 'metrics.v1.Metrics']) {
      const path = `/opentelemetry.proto.collector.${kind}Service/Export`
      await eventually(async () => (await received()).has(path), true, 90)
    }
  },

  'each query of each dashboard has an answer with a number': async (stage) => {
    const { apply, node } = stage.cluster
    await apply(await writeMeasured(node, 'shop', { buildkitdToml: '[worker.oci]\nmax-parallelism = 2\n' }))
    await eventually(() => ask(stage, 'buildkit_gc_deletes_total{reason="superseded", result="deleted"}'), 1, 120)
    // A scrape that times out on a busy machine leaves a gap.
    for (const name of DASHBOARDS) await eventually(() => problemsOf(stage, name), [], 30)
  },
}

suite('the metrics of a real node, read by Prometheus', { skip: needsNode() || needs('prometheus') }, () => {
  let stage: Stage
  before(async () => {
    const cluster = await startBuilderCluster(['--handover-grace=2s'], MEASURED_NAMESPACE)
    stage = { cluster, prometheus: await startPrometheus(cluster.node, 2) }
    cluster.node.start(process.execPath, [SINK], 'otlp.log')
    await cluster.node.kubectl(['create', 'namespace', MEASURED_NAMESPACE])
    for (const [name, template] of Object.entries(BUILDERS))
      await cluster.apply(await writeMeasured(cluster.node, name, template))
  })
  after(() => stage?.cluster.stop())
  for (const [name, scenario] of Object.entries(scenarios)) test(name, () => scenario(stage))
})

async function problemsOf({ prometheus }: Stage, name: (typeof DASHBOARDS)[number]): Promise<readonly string[]> {
  const queries = queriesOf(readDashboard(name), RATE_SECONDS)
  const answers = await prometheus.query(queries.map(({ expr }) => expr))
  return queries.flatMap((query, index) => {
    const problem = problemWith(answers[index], query.name in RIGHTLY_EMPTY)
    return problem ? [`${query.name}: ${problem}: ${query.expr}`] : []
  })
}

function problemWith(answer: Answer | undefined, maybeEmpty: boolean): string | undefined {
  if (answer?.status !== 'success') return answer?.error ?? 'no answer'
  const values = answer.data?.result.map(({ value }) => Number(value?.[1])) ?? []
  if (values.some((value) => value < 0)) return `a negative number in ${values}`
  if (values.some(Number.isFinite) || (maybeEmpty && values.length === 0)) return undefined
  return `no number in ${JSON.stringify(answer.data?.result)}`
}
