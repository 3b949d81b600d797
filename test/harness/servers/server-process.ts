import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import process from 'node:process'
import { setTimeout } from 'node:timers/promises'

/** A server that ends with this process at the latest. */
export interface ServerProcess {
  /** Waits until `isReady`, at most a minute; throws with the end of the server's log when it ends before. */
  readonly ready: (isReady: () => Promise<boolean>) => Promise<void>
  readonly signal: (name: NodeJS.Signals) => void
  readonly stop: () => Promise<void>
}

const READY_SECONDS = 60
const running = new Set<ChildProcess>()

process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

export interface ProcessOptions {
  /** The file that it writes to. */
  readonly log: string
  readonly env?: NodeJS.ProcessEnv
}

/** Starts a program. */
export function startProcess(
  program: string,
  args: readonly string[],
  { log, env = process.env }: ProcessOptions,
): ServerProcess {
  endOnSignals()
  const output = openSync(log, 'w')
  const child = spawn(program, args, { stdio: ['ignore', output, output], env })
  closeSync(output)
  running.add(child)
  // A program that cannot be started has ended as well.
  const ended = once(child, 'close').then(
    () => running.delete(child),
    () => running.delete(child),
  )
  return {
    ready: async (isReady) => {
      const deadline = Date.now() + READY_SECONDS * 1000
      while (!(await isReady().catch(() => false))) {
        if (!running.has(child) || Date.now() > deadline) throw new Error(`${program} is not ready: ${endOf(log)}`)
        await setTimeout(50)
      }
    },
    signal: (name) => void child.kill(name),
    stop: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** A signal ends Node without an `exit` event, unless somebody listens. */
function endOnSignals(): void {
  if (process.listeners('SIGTERM').includes(exit)) return
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, exit)
}

function exit(): void {
  process.exit(1)
}

function endOf(log: string): string {
  return readFileSync(log, 'utf8').trim().split('\n').slice(-10).join('\n')
}
