import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { type ApiRequest, apiRequests } from './api-request.ts'
import { AUDIT_POLICY, type AuditEvent, auditArguments, readAuditLog } from './audit-log.ts'
import { binary } from './binaries.ts'
import { freePorts } from './free-ports.ts'
import { type Outcome, runProgram } from './run-program.ts'
import { apiServerArguments, etcdArguments } from './server-arguments.ts'
import { type ServerProcess, startProcess } from './server-process.ts'

/** An API server with nothing behind it: no scheduler, no controllers, no nodes. Its user may do everything. */
export interface Cluster {
  readonly url: string
  readonly token: string
  /** The path of a file for `--kubeconfig`. */
  readonly kubeconfig: string
  readonly kubectl: (args: readonly string[], options?: { readonly input?: string }) => Promise<Outcome>
  readonly request: ApiRequest
  /** A kubeconfig for another user, who may do what RBAC says. */
  readonly kubeconfigFor: (user: ClusterUser, server?: string) => Promise<string>
  /** What was asked of the API server by others than itself; with `audit` only. */
  readonly auditEvents: () => Promise<readonly AuditEvent[]>
  /** Ends the API server as a crash does; etcd keeps what it has. */
  readonly killApiServer: () => Promise<void>
  readonly startApiServer: () => Promise<void>
  /** Stops etcd as a disk that does not answer does, and lets it go on. */
  readonly pauseEtcd: (signal: 'SIGSTOP' | 'SIGCONT') => void
  /** Keeps what etcd has now. */
  readonly backUpEtcd: () => Promise<void>
  /** Ends API server and etcd, and starts both again with what was kept last. */
  readonly restoreEtcd: () => Promise<void>
  /** Where etcd is, for its own API. */
  readonly etcdUrl: string
  /** Ends its processes and removes its files. */
  readonly stop: () => Promise<void>
}

/** `controller` is the ServiceAccount of config/controller. */
export type ClusterUser = 'admin' | 'controller'

/** Starts etcd and kube-apiserver on free loopback ports; comes back when requests succeed, after some seconds. */
export async function startCluster({ audit = false }: { readonly audit?: boolean } = {}): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), 'cluster-'))
  const [client = 0, peer = 0, secure = 0] = await freePorts(3)
  const url = `https://127.0.0.1:${secure}`
  const etcdUrl = `http://127.0.0.1:${client}`
  const tokens = { admin: randomUUID(), controller: randomUUID() }
  await writeFiles(folder, tokens)
  const kubeconfigFor: Cluster['kubeconfigFor'] = async (user, server = url) => {
    const path = join(folder, `kubeconfig-${user}-${new URL(server).port}`)
    await writeFile(path, kubeconfigOf(server, tokens[user]), { mode: 0o600 })
    return path
  }
  const kubeconfig = await kubeconfigFor('admin')
  const request = apiRequests({ url, token: tokens.admin })
  const servers = startServers({ folder, client, peer, secure, audit })
  const startApiServer = async () => {
    const apiServer = servers.startApiServer()
    for (const path of ['/readyz', '/api/v1/namespaces/default'])
      await apiServer.ready(async () => (await request('GET', path)).status === 200)
  }
  const stop = () => servers.stop().then(() => rm(folder, { recursive: true, force: true }))
  try {
    await startApiServer()
  } catch (error) {
    await stop()
    throw error
  }
  // Its own home: in the user's are preferences, and what another server on this port has answered.
  const env = { ...process.env, HOME: folder }
  const kubectl: Cluster['kubectl'] = (args, options) =>
    runProgram(binary('kubectl'), ['--kubeconfig', kubeconfig, ...args], { ...options, env })
  return {
    url,
    token: tokens.admin,
    kubeconfig,
    kubectl,
    request,
    kubeconfigFor,
    auditEvents: () => readAuditLog(join(folder, 'audit.log')),
    ...servers,
    startApiServer,
    restoreEtcd: () => servers.restoreEtcd().then(startApiServer),
    etcdUrl,
    stop,
  }
}

interface Servers {
  readonly folder: string
  readonly client: number
  readonly peer: number
  readonly secure: number
  readonly audit: boolean
}

function startServers({ folder, client, peer, secure, audit }: Servers) {
  const startEtcd = () =>
    startProcess(binary('etcd'), etcdArguments(folder, client, peer), { log: join(folder, 'etcd.log') })
  const [data, backup] = [join(folder, 'etcd'), join(folder, 'backup')]
  let etcd = startEtcd()
  const flags = [...apiServerArguments(folder, client, secure), ...(audit ? auditArguments(folder) : [])]
  let apiServer: ServerProcess | undefined
  return {
    startApiServer: () => {
      apiServer = startProcess(binary('kube-apiserver'), flags, { log: join(folder, 'kube-apiserver.log') })
      return apiServer
    },
    killApiServer: async () => apiServer?.stop(),
    pauseEtcd: (signal: 'SIGSTOP' | 'SIGCONT') => etcd.signal(signal),
    backUpEtcd: async () => {
      // What it finds when it is started with that is what it finds after a crash.
      etcd.signal('SIGSTOP')
      await rm(backup, { recursive: true, force: true })
      await cp(data, backup, { recursive: true })
      etcd.signal('SIGCONT')
    },
    restoreEtcd: async () => {
      await apiServer?.stop()
      await etcd.stop()
      await rm(data, { recursive: true })
      await cp(backup, data, { recursive: true })
      etcd = startEtcd()
    },
    stop: async () => {
      await apiServer?.stop()
      await etcd.stop()
    },
  }
}

async function writeFiles(folder: string, tokens: Readonly<Record<ClusterUser, string>>): Promise<void> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  await mkdir(join(folder, 'pki'))
  await writeFile(join(folder, 'pki/sa.key'), privateKey.export({ type: 'pkcs1', format: 'pem' }), { mode: 0o600 })
  const controller = 'system:serviceaccount:buildkit-controller:buildkit-controller'
  const users = `${tokens.admin},admin,admin,system:masters\n${tokens.controller},${controller},controller\n`
  await writeFile(join(folder, 'tokens.csv'), users, { mode: 0o600 })
  await writeFile(join(folder, 'audit.yaml'), JSON.stringify(AUDIT_POLICY))
}

function kubeconfigOf(server: string, token: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'test', cluster: { server, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'admin', user: { token } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'admin' } }],
    'current-context': 'test',
  })
}
