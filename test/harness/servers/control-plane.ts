import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { binary } from './binaries.ts'
import type { Cluster } from './cluster.ts'
import { freePorts } from './free-ports.ts'
import { startProcess } from './server-process.ts'

/** Something that runs beside a cluster. */
export interface Beside {
  readonly stop: () => Promise<void>
}

/** Kubernetes' own controllers of these names, for a cluster. */
export function startControllerManager(cluster: Cluster, controllers: readonly string[]): Promise<Beside> {
  return startBeside(cluster, 'kube-controller-manager', [`--controllers=${controllers.join(',')}`])
}

export function startScheduler(cluster: Cluster): Promise<Beside> {
  return startBeside(cluster, 'kube-scheduler', [])
}

async function startBeside(
  { kubeconfig }: Cluster,
  name: 'kube-controller-manager' | 'kube-scheduler',
  args: readonly string[],
): Promise<Beside> {
  const folder = await mkdtemp(join(tmpdir(), `${name}-`))
  const [port] = await freePorts(1)
  const common = [`--kubeconfig=${kubeconfig}`, '--leader-elect=false', '--bind-address=127.0.0.1']
  const server = startProcess(binary(name), [...common, `--secure-port=${port}`, ...args], { log: join(folder, 'log') })
  return {
    stop: async () => {
      await server.stop()
      await rm(folder, { recursive: true })
    },
  }
}
