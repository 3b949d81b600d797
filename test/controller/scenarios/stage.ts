import { join } from 'node:path'
import process from 'node:process'
import { startCrdCluster } from '../../crds/crd-cluster.ts'
import type { Cluster, ClusterUser } from '../../servers/cluster.ts'
import { freePorts } from '../../servers/free-ports.ts'
import { startProcess } from '../../servers/server-process.ts'
import { createPackage, type Package } from './package.ts'
import { refuseDeletions } from './refuse-deletions.ts'

const CONFIG = join(import.meta.dirname, '../../../config/controller')
const MAIN = join(import.meta.dirname, '../../../controller/main.ts')

/** A real API server with our CRDs, and the controller; the test is engine and kubelet. */
export interface Stage {
  readonly cluster: Cluster
  /** Starts the controller once more, ended before. */
  readonly restartController: () => Promise<void>
  readonly stopController: () => Promise<void>
  readonly stop: () => Promise<void>
  /** From then on an admission policy denies every deletion of a Pod in that namespace, as Config Sync's webhook does. */
  readonly refuseDeletions: (namespace: string) => Promise<void>
  /** A namespace of its own, so that tests run side by side. */
  readonly createPackage: () => Promise<Package>
}

interface StageOptions {
  /** As whom the controller runs: everybody but the admin may do only what config/controller allows. */
  readonly user?: ClusterUser
  readonly audit?: boolean
}

export async function startStage(
  args: readonly string[],
  { user = 'admin', audit = false }: StageOptions = {},
): Promise<Stage> {
  const cluster = await startCrdCluster({ audit })
  await cluster.kubectl(['apply', '--kustomize', CONFIG])
  const controller = controllerOf(await cluster.kubeconfigFor(user), args)
  const stop = async () => {
    await controller.stop()
    await cluster.stop()
  }
  try {
    await controller.start()
  } catch (error) {
    await stop()
    throw error
  }
  return {
    cluster,
    stop,
    stopController: controller.stop,
    restartController: async () => {
      await controller.stop()
      await controller.start()
    },
    refuseDeletions: (namespace) => refuseDeletions(cluster, namespace),
    createPackage: () => createPackage(cluster),
  }
}

function controllerOf(kubeconfig: string, args: readonly string[]) {
  let stopCurrent = async () => {}
  return {
    stop: () => stopCurrent(),
    start: async () => {
      const [health = 0] = await freePorts(1)
      const addresses = [`--health-address=127.0.0.1:${health}`, '--metrics-address=0']
      const log = `${kubeconfig}-controller.log`
      const controller = startProcess(
        process.execPath,
        [MAIN, `--kubeconfig=${kubeconfig}`, ...addresses, ...args],
        log,
      )
      stopCurrent = controller.stop
      await controller.ready(async () => (await fetch(`http://127.0.0.1:${health}/readyz`)).ok)
    },
  }
}
