import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import process from 'node:process'
import { binary } from '../harness/servers/binaries.ts'
import { type CrdCluster, startCrdCluster } from '../harness/servers/crd-cluster.ts'
import { type Outcome, runProgram } from '../harness/servers/run-program.ts'

/** What buildx says of a port that nothing listens on. */
export const REFUSED =
  'ERROR: failed to call diskusage: Unavailable: connection error: desc = "transport: Error while dialing: dial tcp 10.0.0.9:1234: connect: connection refused"'

export const ROOT = join(import.meta.dirname, '../..')
const SCRIPT = join(ROOT, 'config/clients/connect.sh')
const ROLE = join(ROOT, 'examples/ci/connect-role.yaml')
/** What an installation adds to `view`. */
const VIEWER_ROLE = join(ROOT, 'config/controller/viewer-role.yaml')

/** An API server with the role that we ship for CI, and the ServiceAccount that it is for. */
export interface ClientStage {
  readonly cluster: CrdCluster
  readonly folder: string
  /** Sets what a controller would report, of a Buildkit that this creates. */
  readonly report: (name: string, status: object) => Promise<void>
  /** The environment of a job of its own, whose docker is a stand-in and fails to reach builders with these errors. */
  readonly job: (errors?: readonly string[], account?: Account) => Promise<Job>
  readonly stop: () => Promise<void>
}

/** Who has the role of examples/ci, and who may view. */
type Account = 'runner' | 'viewer'

export interface Job {
  /** What the stand-in for docker was asked, one line a call. */
  readonly calls: () => Promise<readonly string[]>
  readonly folder: string
  readonly bash: (args: readonly string[], env?: Readonly<Record<string, string>>) => Promise<Outcome>
  /** Runs connect.sh. */
  readonly connect: (env: Readonly<Record<string, string>>) => Promise<Outcome>
}

export type Scenario = (stage: ClientStage) => Promise<void>

export async function startClientStage(): Promise<ClientStage> {
  const cluster = await startCrdCluster()
  const folder = await mkdtemp(join(tmpdir(), 'clients-'))
  const admin = async (args: readonly string[], input = '') => {
    const { code, stdout, stderr } = await cluster.kubectl(args, { input })
    assert.equal(code, 0, stderr)
    return stdout
  }
  for (const namespace of ['builders', 'ci']) await admin(['create', 'namespace', namespace])
  await admin(['apply', '--filename', ROLE, '--filename', VIEWER_ROLE])
  const view = ['--clusterrole=buildkit-controller-viewer', '--serviceaccount=ci:viewer', '--namespace=builders']
  await admin(['create', 'rolebinding', 'view', ...view])
  const config = JSON.parse(await readFile(cluster.kubeconfig, 'utf8'))
  const kubeconfigOf = (account: Account) => join(folder, account)
  for (const account of ['runner', 'viewer'] as const) {
    await admin(['create', 'serviceaccount', account, '--namespace=ci'])
    config.users[0].user.token = (await admin(['create', 'token', account, '--namespace=ci'])).trim()
    await writeFile(kubeconfigOf(account), JSON.stringify(config))
  }
  return {
    cluster,
    folder,
    report: async (name, status) => {
      const buildkit = {
        apiVersion: 'buildkit.seatgeek.io/v1alpha1',
        kind: 'Buildkit',
        metadata: { name },
        spec: { template: 't' },
      }
      await admin(['apply', '--namespace=builders', '--filename=-'], JSON.stringify(buildkit))
      const patch = ['--subresource=status', '--type=merge', `--patch=${JSON.stringify({ status })}`]
      await admin(['patch', 'buildkit', name, '--namespace=builders', ...patch])
    },
    job: (errors = [], account = 'runner') => startJob({ folder, kubeconfig: kubeconfigOf(account), errors }),
    stop: () => cluster.stop().then(() => rm(folder, { recursive: true })),
  }
}

async function startJob(from: {
  readonly folder: string
  readonly kubeconfig: string
  readonly errors: readonly string[]
}): Promise<Job> {
  const folder = await mkdtemp(join(from.folder, 'job-'))
  for (const name of ['bin', 'tmp']) await mkdir(join(folder, name))
  await symlink(binary('kubectl'), join(folder, 'bin/kubectl'))
  await symlink(join(import.meta.dirname, 'docker'), join(folder, 'bin/docker'))
  await writeFile(join(folder, 'errors'), from.errors.map((error) => `${error}\n`).join(''))
  await writeFile(join(folder, 'calls'), '')
  const env = {
    PATH: [join(folder, 'bin'), process.env.PATH].join(delimiter),
    HOME: folder,
    KUBECONFIG: from.kubeconfig,
    DOCKER_STAGE: folder,
    RUNNER_TEMP: join(folder, 'tmp'),
    NAMESPACE: 'builders',
    TIMEOUT: '30',
  }
  return {
    folder,
    calls: async () => (await readFile(join(folder, 'calls'), 'utf8')).split('\n').filter((line) => line !== ''),
    bash: (args, more = {}) => runProgram('bash', ['--norc', ...args], { env: { ...env, ...more } }),
    connect: (more) => runProgram('bash', ['--norc', SCRIPT], { env: { ...env, ...more } }),
  }
}
