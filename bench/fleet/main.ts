import { existsSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { startCrdCluster } from '../../test/harness/servers/crd-cluster.ts'
import { BUNDLE, type Cluster } from '../controller/stage.ts'
import { machine } from '../machine.ts'
import { fleetPage } from './fleet-page.ts'
import { measureChurn } from './measure-churn.ts'
import { measureIdle } from './measure-idle.ts'
import { measureRepository } from './measure-repository.ts'

const PAGE = new URL('../../docs/benchmarks-fleet.md', import.meta.url)
const FLEET = { clusters: 50, builders: 2000 }
const LARGEST = { builders: 20_000, minutes: Number(process.env.CHURN_MINUTES ?? 10) }

if (!existsSync(BUNDLE)) throw new Error('must have dist/ to measure; run `npm run build` first')
const folder = await mkdtemp(join(tmpdir(), 'fleet-'))
try {
  const repository = await measureRepository(folder, FLEET)
  const idle = await onCluster((cluster) => measureIdle(cluster, FLEET.builders))
  const churn = await onCluster((cluster) => measureChurn(cluster, LARGEST))
  const page = fleetPage({ fleet: FLEET, repository, idle, churn }, machine({}))
  writeFileSync(PAGE, page)
  process.stdout.write(page)
} finally {
  await rm(folder, { recursive: true })
}

async function onCluster<T>(measure: (cluster: Cluster) => Promise<T>): Promise<T> {
  const cluster = await startCrdCluster()
  try {
    return await measure(cluster)
  } finally {
    await cluster.stop()
  }
}
