import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { type Binary, binary } from '../servers/binaries.ts'
import { writeBuilderImages } from './builder-images.ts'
import { crashNode, stopNode } from './end-node.ts'
import { type Ctr, ctrOf, environmentOf, startContainerd, startKubelet } from './machine.ts'
import { addNamespace, type Namespace, namespaceOf } from './namespace.ts'
import { FIRST_MACHINE, SERVICE_IP, writeNodeFiles } from './node-files.ts'
import { controlPlane } from './node-programs.ts'
import { PROXY_SOCKET, readObject } from './read-object.ts'
import { succeed } from './succeed.ts'
import { takeTurn } from './turn.ts'

/** A Kubernetes cluster of one real node, in a network namespace of its own: nothing of it is reachable from outside. */
export interface Node extends Pick<Namespace, 'folder' | 'run' | 'start'> {
  readonly namespace: string
  readonly kubeconfig: string
  readonly kubectl: (args: readonly string[], input?: string) => Promise<string>
  /** An object or a list of the API, by its path. */
  readonly read: (path: string) => Promise<unknown>
  readonly ctr: Ctr
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
  const namespace = namespaceOf(`buildkit-${process.pid}`, folder, environmentOf(folder))
  const inNamespace = nodeIn(namespace)
  const node = { ...inNamespace, stop: () => inNamespace.stop().finally(endTurn) }
  try {
    await addNamespace(namespace.name)
    await succeed('ip', ['-n', namespace.name, 'address', 'add', `${SERVICE_IP}/32`, 'dev', 'lo'])
    await writeNodeFiles(folder)
    await startPrograms(node, namespace)
    return node
  } catch (error) {
    await node.stop()
    throw error
  }
}

function nodeIn(namespace: Namespace): Node {
  const { name, folder, started, run, start } = namespace
  const kubeconfig = join(folder, 'kubeconfig')
  const ctr = ctrOf(namespace)
  const ending = { folder, name, started, ctr }
  const kubectl: Node['kubectl'] = (args, input) =>
    namespace.succeed(binary('kubectl'), ['--kubeconfig', kubeconfig, ...args], input)
  return {
    namespace: name,
    folder,
    kubeconfig,
    run,
    ctr,
    start,
    read: (path) => readObject(join(folder, PROXY_SOCKET), path),
    kubectl,
    pauseKubelet: (signal) => started.get('kubelet.log')?.signal(signal),
    restart: async () => {
      await crashNode(ending)
      await startContainerd(namespace, FIRST_MACHINE)
      await startKubelet(namespace, FIRST_MACHINE, kubectl)
    },
    stop: () => stopNode(ending),
  }
}

async function startPrograms(node: Node, namespace: Namespace): Promise<void> {
  const programs = controlPlane(node.folder)
  const start = (name: Binary) => node.start(binary(name), programs[name] ?? [], `${name}.log`)
  start('etcd')
  const apiServer = start('kube-apiserver')
  const [images] = await Promise.all([
    writeBuilderImages(join(node.folder, 'images')),
    startContainerd(namespace, FIRST_MACHINE),
  ])
  for (const image of images) await node.ctr('images', 'import', image)
  await rm(join(node.folder, 'images'), { recursive: true })
  await apiServer.ready(async () => (await node.kubectl(['get', '--raw', '/readyz'])) === 'ok')
  const proxy = ['--kubeconfig', node.kubeconfig, 'proxy', '--unix-socket', join(node.folder, PROXY_SOCKET)]
  const reads = node.start(binary('kubectl'), proxy, 'kubectl-proxy.log')
  await reads.ready(async () => (await node.read('/version')) !== undefined)
  start('kube-scheduler')
  const controllers = start('kube-controller-manager')
  // Without it the API server refuses every Pod.
  await controllers.ready(async () => (await node.kubectl(['get', 'serviceaccount', 'default'])) !== '')
  await startKubelet(namespace, FIRST_MACHINE, node.kubectl)
}
