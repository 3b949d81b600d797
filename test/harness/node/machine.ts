import { dirname, join } from 'node:path'
import process from 'node:process'
import { binary } from '../servers/binaries.ts'
import type { Namespace } from './namespace.ts'
import type { Machine } from './node-files.ts'
import { machinePrograms } from './node-programs.ts'

/** Runs `ctr` with the containerd of a machine. */
export type Ctr = (...args: readonly string[]) => Promise<string>

export function ctrOf({ folder, succeed }: Namespace): Ctr {
  return (...args) =>
    succeed(binary('ctr'), ['--address', `${folder}/run/containerd.sock`, '--namespace', 'k8s.io', ...args])
}

/** The environment of what runs on a node: containerd finds its shims and runc there. */
export function environmentOf(folder: string): NodeJS.ProcessEnv {
  const shims = dirname(binary('containerd-shim-runc-v2'))
  return {
    ...process.env,
    HOME: join(folder, 'home'),
    PATH: `${shims}:${dirname(binary('runc'))}:${process.env.PATH}`,
  }
}

/** Ready when it answers: a kubelet that finds no containerd ends, and nothing starts it again. */
export async function startContainerd({ folder, start, ...rest }: Namespace, machine: Machine): Promise<void> {
  const ctr = ctrOf({ folder, start, ...rest })
  const containerd = start(binary('containerd'), machinePrograms(folder, machine).containerd, 'containerd.log')
  await containerd.ready(async () => (await ctr('version')).includes('Server'))
}

/** Ready when its node is. */
export async function startKubelet(
  { folder, start }: Namespace,
  machine: Machine,
  kubectl: (args: readonly string[]) => Promise<string>,
): Promise<void> {
  const kubelet = start(binary('kubelet'), machinePrograms(folder, machine).kubelet, 'kubelet.log')
  const ready = '{.status.conditions[?(@.type=="Ready")].status}'
  await kubelet.ready(async () =>
    (await kubectl(['get', 'node', machine.name, '-o', `jsonpath=${ready}`])).includes('True'),
  )
}
