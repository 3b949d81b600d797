import { join } from 'node:path'
import type { Cluster, ClusterUser } from './cluster.ts'
import { type ControllerProcess, type Launch, startController } from './controller-process.ts'
import { startCrdCluster } from './crd-cluster.ts'
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts'
import { createPackage, type Package } from './package.ts'
import { refuseDeletions } from './refuse-deletions.ts'

/** The permissions of the controller. */
export const CONFIG = join(import.meta.dirname, '../../../config/controller')

/** A real API server with our CRDs and RBAC, and the controller behind a proxy; the test is engine and kubelet. */
export interface Stage {
  readonly cluster: Cluster
  readonly proxy: FaultProxy
  readonly controller: () => ControllerProcess
  /** Starts one more controller, or the one again that was stopped. */
  readonly startController: (...args: readonly string[]) => Promise<ControllerProcess>
  readonly stop: () => Promise<void>
  /** etcd forgets every earlier version of every object. */
  readonly compactEtcd: () => Promise<void>
  readonly refuseDeletions: (namespace: string) => Promise<void>
  /** A namespace of its own, so that tests run side by side. */
  readonly createPackage: () => Promise<Package>
}

/** What happens on a Stage, by a sentence about the product. */
export type Scenarios = Readonly<Record<string, (stage: Stage) => Promise<void>>>

export interface StageOptions {
  /** As whom the controller runs: everybody but the admin may do only what config/controller allows. */
  readonly user?: ClusterUser
  readonly audit?: boolean
  /** How each controller is started. */
  readonly launch?: Launch
}

/** `args` are those of each controller. */
export async function startStage(
  args: readonly string[],
  { user = 'controller', audit = false, launch = {} }: StageOptions = {},
): Promise<Stage> {
  const cluster = await startCrdCluster({ audit })
  await cluster.kubectl(['apply', '--kustomize', CONFIG])
  const proxy = await startFaultProxy(cluster)
  const kubeconfig = await cluster.kubeconfigFor(user, proxy.url)
  const controllers: ControllerProcess[] = []
  const start = async (...more: readonly string[]) => {
    const controller = await startController([`--kubeconfig=${kubeconfig}`, ...args, ...more], launch)
    controllers.push(controller)
    return controller
  }
  const stop = async () => {
    await Promise.all(controllers.map((controller) => controller.stop()))
    await proxy.stop()
    await cluster.stop()
  }
  try {
    await (await start()).ready()
  } catch (error) {
    await stop()
    throw error
  }
  return {
    cluster,
    proxy,
    stop,
    controller: () => controllers.at(-1) as ControllerProcess,
    startController: start,
    compactEtcd: () => compactEtcd(cluster),
    refuseDeletions: (namespace) => refuseDeletions(cluster, namespace),
    createPackage: () => createPackage(cluster),
  }
}

/** By the JSON gateway of etcd's API, where numbers of 64 bits are texts. */
async function compactEtcd({ etcdUrl }: Cluster): Promise<void> {
  const post = async (path: string, body: unknown) =>
    (await fetch(`${etcdUrl}/v3/${path}`, { method: 'POST', body: JSON.stringify(body) })).json()
  const { header } = (await post('maintenance/status', {})) as { readonly header: { readonly revision: string } }
  await post('kv/compaction', { revision: header.revision, physical: true })
}
