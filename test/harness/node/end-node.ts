import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout } from 'node:timers/promises'
import { binary } from '../servers/binaries.ts'
import { runProgram } from '../servers/run-program.ts'
import type { ServerProcess } from '../servers/server-process.ts'
import type { Ctr } from './machine.ts'

/** What has to end of a node. */
interface Ending {
  readonly folder: string
  readonly name: string
  readonly started: ReadonlyMap<string, ServerProcess>
  readonly ctr: Ctr
}

export async function stopNode({ folder, name, started, ctr }: Ending): Promise<void> {
  const stop = async (log: string) => started.get(`${log}.log`)?.stop()
  for (const each of ['kubelet', 'kube-scheduler', 'kube-controller-manager']) await stop(each)
  await endContainers(ctr)
  await endShims(folder)
  for (const server of started.values()) await server.stop()
  await unmountBelow(folder)
  await runProgram('ip', ['netns', 'del', name])
  await rm(folder, { recursive: true, force: true })
}

/** Its containers end without a signal that they could answer, and what a machine keeps in memory is lost. */
export async function crashNode({ folder, started, ctr }: Ending): Promise<void> {
  await started.get('kubelet.log')?.stop()
  await endContainers(ctr)
  await endShims(folder)
  await started.get('containerd.log')?.stop()
  await unmountBelow(folder)
  await rm(join(folder, 'containerd/state'), { recursive: true, force: true })
}

async function endContainers(ctr: Ctr): Promise<void> {
  const tasks = await ctr('tasks', 'ls', '-q').catch(() => '')
  for (const task of tasks.split('\n').filter(Boolean))
    await ctr('tasks', 'kill', '-s', '9', '--all', task).catch(() => '')
  await setTimeout(500)
  for (const task of tasks.split('\n').filter(Boolean)) await ctr('tasks', 'rm', '-f', task).catch(() => '')
}

/** A shim lives on without its containerd, so that containers do; each has the address of its own containerd among its arguments. */
async function endShims(folder: string): Promise<void> {
  const shim = binary('containerd-shim-runc-v2')
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    if (command.startsWith(`${shim}\0`) && command.includes(`\0${folder}/`)) process.kill(Number(pid), 'SIGKILL')
  }
}

/** What is mounted last lies deepest. */
async function unmountBelow(folder: string): Promise<void> {
  const mounts = (await readFile('/proc/mounts', 'utf8')).split('\n').map((line) => line.split(' ')[1] ?? '')
  for (const path of mounts.filter((each) => each.startsWith(`${folder}/`)).reverse())
    await runProgram('umount', ['-l', path])
}
