import { join } from 'node:path'
import { type Outcome, runProgram, type Surroundings } from '../servers/run-program.ts'
import { type ServerProcess, startProcess } from '../servers/server-process.ts'
import { succeed } from './succeed.ts'

/** A network namespace with a folder for what runs in it. */
export interface Namespace {
  readonly name: string
  readonly folder: string
  /** By the names of their logs. */
  readonly started: Map<string, ServerProcess>
  readonly run: (program: string, args: readonly string[], surroundings?: Surroundings) => Promise<Outcome>
  /** What a program that succeeds has written. */
  readonly succeed: (program: string, args: readonly string[], input?: string) => Promise<string>
  readonly start: (program: string, args: readonly string[], log: string) => ServerProcess
}

/** The namespace with a name, which `addNamespace` makes. */
export function namespaceOf(name: string, folder: string, env: NodeJS.ProcessEnv): Namespace {
  const started = new Map<string, ServerProcess>()
  return {
    name,
    folder,
    started,
    run: (program, args, surroundings = {}) => {
      const [entered, all] = entering(name, program, args)
      return runProgram(entered, all, { env, ...surroundings })
    },
    succeed: (program, args, input = '') => {
      const [entered, all] = entering(name, program, args)
      return succeed(entered, all, { env, input })
    },
    start: (program, args, log) => {
      const [entered, all] = entering(name, program, args)
      const server = startProcess(entered, all, { log: join(folder, log), env })
      started.set(log, server)
      return server
    },
  }
}

export async function addNamespace(name: string): Promise<void> {
  await succeed('ip', ['netns', 'add', name])
  await succeed('ip', ['-n', name, 'link', 'set', 'lo', 'up'])
}

/** `ip netns exec` would mount another /sys, in which the kubelet finds no cgroups. */
function entering(name: string, program: string, args: readonly string[]) {
  return ['nsenter', [`--net=/var/run/netns/${name}`, program, ...args]] as const
}
