import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { binary } from '../../servers/binaries.ts'
import type { Cluster } from '../../servers/cluster.ts'
import { freePorts } from '../../servers/free-ports.ts'
import { startProcess } from '../../servers/server-process.ts'

/** Flux's kustomize-controller as Flux installs it, but for these arguments and leader election; the result ends it. */
export async function startKustomizeController({
  kubeconfig,
}: Pick<Cluster, 'kubeconfig'>): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'flux-'))
  const [metrics, health] = await freePorts(2)
  const args = [
    `--metrics-addr=127.0.0.1:${metrics}`,
    `--health-addr=127.0.0.1:${health}`,
    '--watch-all-namespaces=true',
    // Without it a revision that mends waits until Flux has given up on the one before, half a minute at least.
    '--feature-gates=CancelHealthCheckOnNewRevision=true',
    // Each Kustomization that waits for health takes one.
    '--concurrent=16',
  ]
  const env = { ...process.env, KUBECONFIG: kubeconfig, RUNTIME_NAMESPACE: 'flux-system', TMPDIR: folder, HOME: folder }
  const log = join(folder, 'kustomize-controller.log')
  const controller = startProcess(binary('kustomize-controller'), args, { log, env })
  const stop = async () => {
    await controller.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await controller.ready(async () => (await fetch(`http://127.0.0.1:${health}/readyz`)).ok)
    return stop
  } catch (error) {
    await stop()
    throw error
  }
}
