import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { type Binary, binary } from '../servers/binaries.ts'
import { type Outcome, runProgram, type Surroundings } from '../servers/run-program.ts'
import { type ServerProcess, startProcess } from '../servers/server-process.ts'
import { writeBuilderImages } from './builder-images.ts'
import { crashNode, stopNode } from './end-node.ts'
import { nodePrograms, SERVICE_IP, writeNodeFiles } from './node-files.ts'
import { PROXY_SOCKET, readObject } from './read-object.ts'
import { succeed } from './succeed.ts'
import { takeTurn } from './turn.ts'

/** A Kubernetes cluster of one real node, in a network namespace of its own: nothing of it is reachable from outside. */
export interface Node {
  readonly folder: string
  readonly kubeconfig: string
  readonly run: (program: string, args: readonly string[], surroundings?: Surroundings) => Promise<Outcome>
  readonly kubectl: (args: readonly string[], input?: string) => Promise<string>
  /** An object or a list of the API, by its path. */
  readonly read: (path: string) => Promise<unknown>
  readonly ctr: (...args: readonly string[]) => Promise<string>
  /** Starts a program in the namespace that ends with the node at the latest. */
  readonly start: (program: string, args: readonly string[], log: string) => ServerProcess
  /** Pauses the kubelet and lets it go on, as a node that is cut off. */
  readonly pauseKubelet: (signal: 'SIGSTOP' | 'SIGCONT') => void
  /** Ends what a machine that loses its power ends, and starts it again; the control plane runs elsewhere. Disks keep what was written. */
  readonly restart: () => Promise<void>
  /** Ends every process and unmounts and removes everything, also after a start that has failed. */
  readonly stop: () => Promise<void>
}

/** Ready when its node is, with the images of builders; some ten seconds after the nodes of other processes have ended. */
export async function startNode(): Promise<Node> {
  const endTurn = await takeTurn()
  const folder = await mkdtemp(join(tmpdir(), 'node-'))
  const name = `buildkit-${process.pid}`
  const started = new Map<string, ServerProcess>()
  const inFolder = nodeIn(folder, name, started)
  const node = { ...inFolder, stop: () => inFolder.stop().finally(endTurn) }
  try {
    await succeed('ip', ['netns', 'add', name])
    await succeed('ip', ['-n', name, 'link', 'set', 'lo', 'up'])
    await succeed('ip', ['-n', name, 'address', 'add', `${SERVICE_IP}/32`, 'dev', 'lo'])
    await writeNodeFiles(folder)
    await startPrograms(node, started)
    return node
  } catch (error) {
    await node.stop()
    throw error
  }
}

/** `ip netns exec` would mount another /sys, in which the kubelet finds no cgroups. */
function entering(name: string, program: string, args: readonly string[]) {
  return ['nsenter', [`--net=/var/run/netns/${name}`, program, ...args]] as const
}

function nodeIn(folder: string, name: string, started: Map<string, ServerProcess>): Node {
  const kubeconfig = join(folder, 'kubeconfig')
  const shims = dirname(binary('containerd-shim-runc-v2'))
  const env = {
    ...process.env,
    HOME: join(folder, 'home'),
    PATH: `${shims}:${dirname(binary('runc'))}:${process.env.PATH}`,
  }
  const run: Node['run'] = (program, args, surroundings = {}) => {
    const [entered, all] = entering(name, program, args)
    return runProgram(entered, all, { env, ...surroundings })
  }
  const succeedInside = (program: string, args: readonly string[], input = '') => {
    const [entered, all] = entering(name, program, args)
    return succeed(entered, all, { env, input })
  }
  const ctr = (...args: readonly string[]) =>
    succeedInside(binary('ctr'), ['--address', `${folder}/run/containerd.sock`, '--namespace', 'k8s.io', ...args])
  const start: Node['start'] = (program, args, log) => {
    const [entered, all] = entering(name, program, args)
    const server = startProcess(entered, all, { log: join(folder, log), env })
    started.set(log, server)
    return server
  }
  const ending = { folder, name, started, ctr }
  return {
    folder,
    kubeconfig,
    run,
    ctr,
    start,
    read: (path) => readObject(join(folder, PROXY_SOCKET), path),
    kubectl: (args, input) => succeedInside(binary('kubectl'), ['--kubeconfig', kubeconfig, ...args], input),
    pauseKubelet: (signal) => started.get('kubelet.log')?.signal(signal),
    restart: async () => {
      await crashNode(ending)
      await startContainerd(start, { folder, ctr })
      start(binary('kubelet'), nodePrograms(folder).kubelet ?? [], 'kubelet.log')
    },
    stop: () => stopNode(ending),
  }
}

/** Ready when it answers: a kubelet that finds no containerd ends, and nothing starts it again. */
async function startContainerd(start: Node['start'], { folder, ctr }: Pick<Node, 'folder' | 'ctr'>): Promise<void> {
  const containerd = start(binary('containerd'), nodePrograms(folder).containerd ?? [], 'containerd.log')
  await containerd.ready(async () => (await ctr('version')).includes('Server'))
}

async function startPrograms(node: Node, started: Map<string, ServerProcess>): Promise<void> {
  const programs = nodePrograms(node.folder)
  const start = (name: Binary) => node.start(binary(name), programs[name] ?? [], `${name}.log`)
  start('etcd')
  const apiServer = start('kube-apiserver')
  const [images] = await Promise.all([
    writeBuilderImages(join(node.folder, 'images')),
    startContainerd(node.start, node),
  ])
  for (const image of images) await node.ctr('images', 'import', image)
  await rm(join(node.folder, 'images'), { recursive: true })
  await apiServer.ready(async () => (await node.kubectl(['get', '--raw', '/readyz'])) === 'ok')
  const proxy = ['--kubeconfig', node.kubeconfig, 'proxy', '--unix-socket', join(node.folder, PROXY_SOCKET)]
  const reads = node.start(binary('kubectl'), proxy, 'kubectl-proxy.log')
  await reads.ready(async () => (await node.read('/version')) !== undefined)
  start('kube-scheduler')
  const controllers = start('kube-controller-manager')
  const kubelet = start('kubelet')
  // Without it the API server refuses every Pod.
  await controllers.ready(async () => (await node.kubectl(['get', 'serviceaccount', 'default'])) !== '')
  await kubelet.ready(async () =>
    (
      await node.kubectl(['get', 'node', 'n1', '-o', 'jsonpath={.status.conditions[?(@.type=="Ready")].status}'])
    ).includes('True'),
  )
  if (started.size === 0) throw new Error('invariant: a node has programs')
}
