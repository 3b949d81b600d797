import { setTimeout } from 'node:timers/promises'
import { DASHBOARDS, type Dashboard, filledIn, readDashboard } from '../../test/harness/metrics/dashboard.ts'
import { type BuilderCluster, startBuilderCluster } from '../../test/harness/node/cluster-with-controller.ts'
import {
  buildInVain,
  buildSteps,
  MEASURED_NAMESPACE,
  writeMeasured,
} from '../../test/harness/node/measured-builders.ts'
import { type Answer, type Prometheus, type Range, startPrometheus } from '../../test/harness/node/prometheus.ts'

const SCRAPE_SECONDS = 2
const STEP_SECONDS = 5
const RATE_SECONDS = 30
const MINUTES = 5
/** One of them can only follow itself, so that it has no endpoint for a while. */
const BUILDERS = { shop: {}, till: { rootless: true }, search: { lifecycle: { handover: 'Recreate' } } }

/** A dashboard, and an answer to each query of each of its panels. */
export interface Collected {
  readonly name: string
  readonly dashboard: Dashboard
  readonly range: Range
  readonly answers: readonly (readonly Answer[])[]
}

/** Some minutes of three builders, with cold and cached builds, builds that fail, and rolls. */
export async function collect(): Promise<readonly Collected[]> {
  const cluster = await startBuilderCluster(['--handover-grace=5s', '--deletion-quarantine=1s'], MEASURED_NAMESPACE)
  try {
    await cluster.node.kubectl(['create', 'namespace', MEASURED_NAMESPACE])
    const prometheus = await startPrometheus(cluster.node, SCRAPE_SECONDS)
    const start = seconds()
    await applyAll(cluster, 3)
    const end = start + MINUTES * 60
    await Promise.all([...Object.keys(BUILDERS).map((name) => keepBuilding(cluster, name, end)), roll(cluster)])
    await setTimeout(SCRAPE_SECONDS * 1000)
    const range = { start, end: seconds(), step: STEP_SECONDS }
    const collected: Collected[] = []
    for (const name of DASHBOARDS) collected.push(await ask(prometheus, name, range))
    return collected
  } finally {
    await cluster.stop()
  }
}

async function applyAll({ node, apply }: BuilderCluster, parallelism: number): Promise<void> {
  const buildkitdToml = `[worker.oci]\nmax-parallelism = ${parallelism}\n`
  for (const [name, template] of Object.entries(BUILDERS))
    await apply(await writeMeasured(node, name, { ...template, buildkitdToml }))
}

async function roll(cluster: BuilderCluster): Promise<void> {
  await setTimeout((MINUTES * 60 * 1000) / 2)
  await applyAll(cluster, 4)
}

/** Every third build is new, every seventh fails, and the others are in the cache. */
async function keepBuilding(cluster: BuilderCluster, name: string, end: number): Promise<void> {
  for (let count = 0; seconds() < end; count++) {
    const endpoint = await cluster.readyEndpoint(name, 120)
    const built =
      count % 7 === 5 ? buildInVain(cluster.node, endpoint) : buildSteps(cluster.node, endpoint, Math.floor(count / 3))
    await built
    await setTimeout(3000)
  }
}

async function ask(prometheus: Prometheus, name: (typeof DASHBOARDS)[number], range: Range): Promise<Collected> {
  const dashboard = readDashboard(name)
  const answers: (readonly Answer[])[] = []
  for (const { targets = [] } of dashboard.panels) {
    const expressions = targets.map(({ expr }) => filledIn(expr, dashboard, RATE_SECONDS))
    answers.push(await prometheus.query(expressions, range))
  }
  return { name, dashboard, range, answers }
}

function seconds(): number {
  return Math.floor(Date.now() / 1000)
}
