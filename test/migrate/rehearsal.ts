import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCommand } from '../../fn/commands/run-command.ts'
import { type Cluster, startCluster } from '../harness/servers/cluster.ts'
import { type ControllerProcess, startController } from '../harness/servers/controller-process.ts'
import { nextSecond } from '../harness/servers/eventually.ts'
import { createPackage, type Package } from '../harness/servers/package.ts'
import { installOperator, installWebhook, runBuilder } from './operators-cluster.ts'
import { operatorsCrds } from './operators-crds.ts'

/** A real API server as the operator has left it; the test is engine and kubelet. */
export interface Rehearsal {
  readonly cluster: Cluster
  /** Where the operator's Pods get labels, and where they do not. */
  readonly ci: Package
  readonly apps: Package
  /** The names of the operator's Pods: of `shop`, which drains, and `web`, which does not, in `ci`; of `pay` in `apps`. */
  readonly pods: { readonly shop: string; readonly web: string; readonly pay: string }
  /** Runs kubectl, which must succeed; its standard output. */
  readonly kubectl: (args: readonly string[], input?: string) => Promise<string>
  /** Migrates what kubectl gets; the lines of the script. */
  readonly migrate: () => Promise<readonly string[]>
  /** The migrated package of a namespace, rendered. */
  readonly rendered: (pkg: Package) => Promise<string>
  readonly currentPod: (pkg: Package, buildkit: string) => Promise<string>
  /** Scheduler and kubelet: the Buildkit's current Pod runs and is ready. */
  readonly runCurrent: (pkg: Package, buildkit: string, ip: string) => Promise<void>
  readonly startController: (...args: readonly string[]) => Promise<ControllerProcess>
  /** The operator again, in place of the controller: its CRDs, and the manifests that were migrated. */
  readonly rollBack: () => Promise<void>
  readonly stop: () => Promise<void>
}

export async function startRehearsal(): Promise<Rehearsal> {
  const cluster = await startCluster({ audit: true })
  const folder = await mkdtemp(join(tmpdir(), 'rehearsal-'))
  let list = ''
  const controllers: ControllerProcess[] = []
  const stopControllers = () => Promise.all(controllers.map((controller) => controller.stop()))
  const kubectl: Rehearsal['kubectl'] = async (args, input = '') => {
    const { code, stdout, stderr } = await cluster.kubectl(args, { input })
    assert.equal(code, 0, stderr)
    return stdout
  }
  return {
    cluster,
    ...(await builders(cluster)),
    kubectl,
    migrate: async () => {
      const kinds = 'buildkits,buildkittemplates,pods'
      list = await kubectl(['get', kinds, '--all-namespaces', '--output', 'yaml'])
      return (await outputOf(['migrate', '--into', folder], list)).trimEnd().split('\n')
    },
    rendered: ({ namespace }) => outputOf(['build', join(folder, namespace)]),
    currentPod,
    runCurrent: async (pkg, buildkit, ip) => {
      const name = await currentPod(pkg, buildkit)
      const path = `/api/v1/namespaces/${pkg.namespace}/pods/${name}/binding`
      await cluster.request('POST', path, { metadata: { name }, target: { kind: 'Node', name: 'node' } })
      await pkg.runPod(name, ip)
    },
    startController: async (...args) => {
      const controller = await startController([`--kubeconfig=${await cluster.kubeconfigFor('controller')}`, ...args])
      controllers.push(controller)
      await controller.ready()
      return controller
    },
    rollBack: async () => {
      await stopControllers()
      const definitions = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: operatorsCrds() })
      await kubectl(['apply', '--server-side', '--force-conflicts', '-f', '-'], definitions)
      await kubectl(['replace', '-f', '-'], await outputOf(['migrate'], list))
    },
    stop: async () => {
      await stopControllers()
      await cluster.stop()
      await rm(folder, { recursive: true })
    },
  }
}

async function builders(cluster: Cluster): Promise<Pick<Rehearsal, 'ci' | 'apps' | 'pods'>> {
  await installOperator(cluster)
  const [ci, apps] = [await createPackage(cluster), await createPackage(cluster)]
  const drain = { preStopScript: true } as const
  const shop = await runBuilder(cluster, ci, { name: 'shop', ip: '10.0.0.1', drain })
  const web = await runBuilder(cluster, ci, { name: 'web', ip: '10.0.0.2' })
  const pay = await runBuilder(cluster, apps, { name: 'pay', ip: '10.0.0.3' })
  await installWebhook(cluster)
  await nextSecond()
  return { ci, apps, pods: { shop, web, pay } }
}

async function outputOf(args: readonly string[], stdin = ''): Promise<string> {
  const { stdout, stderr, exitCode } = await runCommand(args, () => Promise.resolve(Buffer.from(stdin)))
  assert.equal(exitCode, 0, stderr.join('\n'))
  return stdout.join('')
}

async function currentPod(pkg: Package, buildkit: string): Promise<string> {
  return (await pkg.buildkit(buildkit)).spec.podName
}
