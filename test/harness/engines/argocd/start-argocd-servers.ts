import { chmod, cp, mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { moduleFolder } from '../../../tools/module-folder.ts'
import { binary } from '../../servers/binaries.ts'
import type { Cluster } from '../../servers/cluster.ts'
import { freePorts } from '../../servers/free-ports.ts'
import { type ServerProcess, startProcess } from '../../servers/server-process.ts'
import { RENDER_BUILDKIT } from '../render.ts'
import { ARGOCD_MODULE } from './install-argocd.ts'

const PLUGIN = join(import.meta.dirname, '../../../../config/argocd/plugin/plugin.yaml')
const VERIFIER = 'git-verify-wrapper.sh'
/** Argo CD is one program, which does what its name says. */
const NAMES = [
  'argocd-repo-server',
  'argocd-application-controller',
  'argocd-cmp-server',
  'argocd-commit-server',
  'argocd-git-ask-pass',
]

export interface ArgoCdServers {
  /** All but the application controller. */
  readonly servers: readonly ServerProcess[]
  /** Starts the application controller. */
  readonly startController: () => Promise<ServerProcess>
}

/**
 * Argo CD's servers but the one for people, our plugin, and Kubernetes' garbage collector, which ends what Argo CD deletes. Their
 * settings are Argo CD's own, but that what is new is seen at once, and the pause that docs/engines/argocd.md lowers.
 */
export async function startArgoCdServers(
  folder: string,
  { kubeconfig }: Pick<Cluster, 'kubeconfig'>,
): Promise<ArgoCdServers> {
  const [redis = 0, repo = 0, repoMetrics = 0, controllerMetrics = 0, manager = 0, commit = 0, commitMetrics = 0] =
    await freePorts(7)
  const env = await environment(folder, kubeconfig)
  const start = (name: string, args: readonly string[]) =>
    startProcess(name.startsWith('argocd') ? join(folder, 'bin', name) : binary(name as 'redis-server'), args, {
      log: join(folder, `${name}.log`),
      env,
    })
  const servers = [
    start('redis-server', ['--bind', '127.0.0.1', '--port', `${redis}`, '--save', '', '--appendonly', 'no']),
    start('kube-controller-manager', garbageCollector(kubeconfig, manager)),
    start('argocd-cmp-server', [`--config-dir-path=${folder}/plugin`]),
    start('argocd-commit-server', [
      ...['--address=127.0.0.1', `--port=${commit}`, '--metrics-address=127.0.0.1', `--metrics-port=${commitMetrics}`],
    ]),
  ]
  const repoServer = start('argocd-repo-server', [
    ...[`--redis=127.0.0.1:${redis}`, '--address=127.0.0.1', `--port=${repo}`, '--disable-tls', '--client-ca-path='],
    ...['--metrics-address=127.0.0.1', `--metrics-port=${repoMetrics}`, '--revision-cache-expiration=1s'],
  ])
  const startController = async () => {
    const controller = start('argocd-application-controller', [
      ...[`--redis=127.0.0.1:${redis}`, `--repo-server=127.0.0.1:${repo}`, '--repo-server-plaintext'],
      ...[`--kubeconfig=${kubeconfig}`, '--namespace=argocd', `--metrics-port=${controllerMetrics}`],
      ...['--hydrator-enabled', `--commit-server=127.0.0.1:${commit}`, '--self-heal-backoff-cap-seconds=10'],
    ])
    await controller.ready(isHealthy(controllerMetrics))
    return controller
  }
  await repoServer.ready(isHealthy(repoMetrics))
  return { servers: [repoServer, ...servers], startController }
}

function isHealthy(port: number): () => Promise<boolean> {
  return async () => (await fetch(`http://127.0.0.1:${port}/healthz`)).ok
}

async function environment(folder: string, kubeconfig: string): Promise<NodeJS.ProcessEnv> {
  for (const name of ['bin', 'data', 'sockets', 'plugin', 'tmp']) await mkdir(join(folder, name))
  for (const name of NAMES) await symlink(binary('argocd'), join(folder, 'bin', name))
  // Argo CD looks for signatures also where nobody asks for them, by a script of its image.
  await cp(join(moduleFolder('argocd', ARGOCD_MODULE), 'hack', VERIFIER), join(folder, 'bin', VERIFIER))
  await chmod(join(folder, 'bin', VERIFIER), 0o755)
  await symlink(RENDER_BUILDKIT, join(folder, 'bin/render-buildkit'))
  await symlink(process.execPath, join(folder, 'bin/node'))
  await cp(PLUGIN, join(folder, 'plugin/plugin.yaml'))
  return {
    PATH: `${folder}/bin:${process.env.PATH}`,
    HOME: folder,
    TMPDIR: join(folder, 'tmp'),
    KUBECONFIG: kubeconfig,
    ARGOCD_FAKE_IN_CLUSTER: 'true',
    ARGOCD_GPG_ENABLED: 'false',
    ARGOCD_TLS_DATA_PATH: join(folder, 'data'),
    ARGOCD_SSH_DATA_PATH: join(folder, 'data'),
    ARGOCD_GNUPGHOME: join(folder, 'data'),
    ARGOCD_PLUGINSOCKFILEPATH: join(folder, 'sockets'),
    ARGOCD_CMP_WORKDIR: join(folder, 'tmp'),
  }
}

function garbageCollector(kubeconfig: string, port: number): readonly string[] {
  return [
    `--kubeconfig=${kubeconfig}`,
    '--controllers=garbage-collector-controller',
    '--leader-elect=false',
    '--bind-address=127.0.0.1',
    `--secure-port=${port}`,
  ]
}
