import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { type ApiRequest, apiRequests } from './api-request.ts'
import { binary } from './binaries.ts'
import { freePorts } from './free-ports.ts'
import { type Outcome, runProgram } from './run-program.ts'
import { type ServerProcess, startProcess } from './server-process.ts'

/** An API server with nothing behind it: no scheduler, no controllers, no nodes. Its user may do everything. */
export interface Cluster {
  readonly url: string
  readonly token: string
  /** The path of a file for `--kubeconfig`. */
  readonly kubeconfig: string
  readonly kubectl: (args: readonly string[], options?: { readonly input?: string }) => Promise<Outcome>
  readonly request: ApiRequest
  /** Ends its processes and removes its files. */
  readonly stop: () => Promise<void>
}

/** Starts etcd and kube-apiserver on free loopback ports; comes back when requests succeed, after some seconds. */
export async function startCluster(): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), 'cluster-'))
  const [client = 0, peer = 0, secure = 0] = await freePorts(3)
  const url = `https://127.0.0.1:${secure}`
  const token = randomUUID()
  const kubeconfig = join(folder, 'kubeconfig')
  await writeFiles(folder, { url, token, kubeconfig })
  const processes: ServerProcess[] = []
  const stop = async () => {
    for (const server of processes.reverse()) await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    processes.push(startProcess(binary('etcd'), etcdArguments(folder, client, peer), join(folder, 'etcd.log')))
    const flags = apiServerArguments(folder, client, secure)
    const apiServer = startProcess(binary('kube-apiserver'), flags, join(folder, 'kube-apiserver.log'))
    processes.push(apiServer)
    const request = apiRequests({ url, token })
    await apiServer.ready(async () => (await request('GET', '/readyz')).status === 200)
    await apiServer.ready(async () => (await request('GET', '/api/v1/namespaces/default')).status === 200)
    // Its own home: in the user's are preferences, and what another server on this port has answered.
    const env = { ...process.env, HOME: folder }
    const kubectl: Cluster['kubectl'] = (args, options) =>
      runProgram(binary('kubectl'), ['--kubeconfig', kubeconfig, ...args], { ...options, env })
    return { url, token, kubeconfig, kubectl, request, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

interface Access {
  readonly url: string
  readonly token: string
  readonly kubeconfig: string
}

async function writeFiles(folder: string, { url, token, kubeconfig }: Access): Promise<void> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  await mkdir(join(folder, 'pki'))
  await writeFile(join(folder, 'pki/sa.key'), privateKey.export({ type: 'pkcs1', format: 'pem' }), { mode: 0o600 })
  await writeFile(join(folder, 'tokens.csv'), `${token},admin,admin,system:masters\n`, { mode: 0o600 })
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'test', cluster: { server: url, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'admin', user: { token } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'admin' } }],
    'current-context': 'test',
  }
  await writeFile(kubeconfig, JSON.stringify(config), { mode: 0o600 })
}

function etcdArguments(folder: string, client: number, peer: number): readonly string[] {
  return [
    `--data-dir=${folder}/etcd`,
    `--listen-client-urls=http://127.0.0.1:${client}`,
    `--advertise-client-urls=http://127.0.0.1:${client}`,
    `--listen-peer-urls=http://127.0.0.1:${peer}`,
    `--initial-advertise-peer-urls=http://127.0.0.1:${peer}`,
    `--initial-cluster=default=http://127.0.0.1:${peer}`,
    '--unsafe-no-fsync',
  ]
}

function apiServerArguments(folder: string, etcd: number, port: number): readonly string[] {
  const key = `${folder}/pki/sa.key`
  return [
    `--etcd-servers=http://127.0.0.1:${etcd}`,
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    `--secure-port=${port}`,
    `--cert-dir=${folder}/pki`,
    `--service-account-key-file=${key}`,
    `--service-account-signing-key-file=${key}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    '--service-cluster-ip-range=10.0.0.0/24',
    '--authorization-mode=RBAC',
    `--token-auth-file=${folder}/tokens.csv`,
    // With it, a Pod waits for the ServiceAccount that kube-controller-manager would make.
    '--disable-admission-plugins=ServiceAccount',
    '--endpoint-reconciler-type=none',
    '--allow-privileged=true',
  ]
}
