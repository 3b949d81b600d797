import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { crashNode, stopNode } from './end-node.ts'
import { ctrOf, environmentOf, startContainerd, startKubelet } from './machine.ts'
import { addNamespace, type Namespace, namespaceOf } from './namespace.ts'
import type { Node } from './node.ts'
import { FIRST_MACHINE, type Machine, SERVICE_IP, writeMachineFiles } from './node-files.ts'
import { succeed } from './succeed.ts'

const [FIRST_IP, IP] = ['10.223.0.1', '10.223.0.2']
const WORKER: Machine = { name: 'n2', ip: IP, subnet: '10.222.1.0/24', server: `https://${SERVICE_IP}:443` }

/** A second machine of a cluster, in a network namespace of its own. */
export interface Worker {
  readonly name: string
  /** Ends what a machine that loses its power ends. */
  readonly crash: () => Promise<void>
  /** Starts it again. */
  readonly boot: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** Ready when its node is, with the images of the first one. Its Pods and those of the first node reach each other. */
export async function startWorker(node: Node): Promise<Worker> {
  const folder = join(node.folder, WORKER.name)
  const namespace = namespaceOf(`${node.namespace}-${WORKER.name}`, folder, environmentOf(node.folder))
  const ending = { ...namespace, ctr: ctrOf(namespace) }
  const boot = async () => {
    await startContainerd(namespace, WORKER)
    await startKubelet(namespace, WORKER, node.kubectl)
  }
  const worker = { name: WORKER.name, crash: () => crashNode(ending), boot, stop: () => stopNode(ending) }
  try {
    await mkdir(folder)
    await addNamespace(namespace.name)
    await connect(node.namespace, namespace.name)
    await writeMachineFiles(folder, WORKER)
    await startContainerd(namespace, WORKER)
    await copyImages(node, namespace)
    await startKubelet(namespace, WORKER, node.kubectl)
    return worker
  } catch (error) {
    await worker.stop()
    throw error
  }
}

/** A cable between two machines, and routes to the Pods at its other end. */
async function connect(first: string, second: string): Promise<void> {
  const ip = (...args: readonly string[]) => succeed('ip', args)
  await ip('link', 'add', 'cable', 'netns', first, 'type', 'veth', 'peer', 'name', 'cable', 'netns', second)
  for (const [namespace, address] of [
    [first, FIRST_IP],
    [second, IP],
  ] as const) {
    await ip('-n', namespace, 'address', 'add', `${address}/30`, 'dev', 'cable')
    await ip('-n', namespace, 'link', 'set', 'cable', 'up')
    const forward = 'echo 1 > /proc/sys/net/ipv4/ip_forward'
    await succeed('nsenter', [`--net=/var/run/netns/${namespace}`, 'sh', '-c', forward])
  }
  await ip('-n', first, 'route', 'add', WORKER.subnet, 'via', IP)
  await ip('-n', second, 'route', 'add', FIRST_MACHINE.subnet, 'via', FIRST_IP)
  await ip('-n', second, 'route', 'add', `${SERVICE_IP}/32`, 'via', FIRST_IP)
}

async function copyImages(node: Node, namespace: Namespace): Promise<void> {
  const names = (await node.ctr('images', 'ls', '-q'))
    .split('\n')
    .filter((name) => name !== '' && !name.startsWith('sha256:'))
  const archive = join(namespace.folder, 'images.tar')
  await node.ctr('images', 'export', archive, ...names)
  await ctrOf(namespace)('images', 'import', archive)
}
