import { existsSync, writeFileSync } from 'node:fs'
import process from 'node:process'
import { startCrdCluster } from '../../test/harness/servers/crd-cluster.ts'
import { machine } from '../machine.ts'
import { controllerPage } from './controller-page.ts'
import { measureBurst } from './measure-burst.ts'
import { measureFailover } from './measure-failover.ts'
import { measureFloor } from './measure-floor.ts'
import { measureOne } from './measure-one.ts'
import { measureTenThousand } from './measure-ten-thousand.ts'
import { BUNDLE, type Cluster } from './stage.ts'

const PAGE = new URL('../../docs/benchmarks-controller.md', import.meta.url)

if (!existsSync(BUNDLE)) throw new Error('must have dist/buildkit-controller.cjs to measure; run `npm run build` first')
const one = await onCluster(measureOne)
const hundred = await onCluster((cluster) => measureBurst(cluster, 100))
const thousand = await onCluster((cluster) => measureBurst(cluster, 1000))
const threeThousand = await onCluster((cluster) => measureBurst(cluster, 1000, 3))
const floorSeconds = await onCluster((cluster) => measureFloor(cluster, 1000))
const failover = await onCluster(measureFailover)
const tenThousand = await onCluster(measureTenThousand)
const page = controllerPage(
  { one, bursts: [hundred, thousand], threeThousand, floorSeconds, failover, tenThousand },
  machine({}),
)
writeFileSync(PAGE, page)
process.stdout.write(page)

/** Each measurement has a new API server, so that none pays for the objects of another. */
async function onCluster<T>(measure: (cluster: Cluster) => Promise<T>): Promise<T> {
  process.stderr.write(`${measure.name || 'burst'}\n`)
  const cluster = await startCrdCluster()
  try {
    return await measure(cluster)
  } finally {
    await cluster.stop()
  }
}
