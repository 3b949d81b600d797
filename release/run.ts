import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import process from 'node:process'
import type { Readable, Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { cleanEnvironment } from './clean-environment.ts'
import { interrupted } from './interruption.ts'

/** The repository that is released. */
export const REPOSITORY = join(import.meta.dirname, '..')

interface Surroundings {
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
  /** What the program reads from standard input. */
  readonly input?: string | Buffer
}

/** What a program writes to standard output; rejects with the reason that it wrote to standard error, or else to standard output. */
export async function run(program: string, args: readonly string[], surroundings: Surroundings = {}): Promise<string> {
  interrupted.throwIfAborted()
  const { input = '', ...others } = surroundings
  // A group of its own, so that an interruption also reaches what the program starts.
  const child = spawn(program, args, { cwd: REPOSITORY, env: cleanEnvironment(), ...others, detached: true })
  const end = () => endGroup(child)
  interrupted.addEventListener('abort', end)
  try {
    const { stdout, stderr, failure } = await outcomeOf(child, input)
    interrupted.throwIfAborted()
    if (failure === undefined) return stdout
    throw new Error(`${program} ${args[0] ?? ''} failed: ${reasonIn(stderr) ?? reasonIn(stdout) ?? failure}`)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause
    throw new Error(`${program} must be on PATH, got none; docs/releasing.md lists what a release needs`, { cause })
  } finally {
    interrupted.removeEventListener('abort', end)
  }
}

interface Child extends ChildProcess {
  stdin: Writable
  stdout: Readable
  stderr: Readable
}

async function outcomeOf(child: Child, input: string | Buffer) {
  // A program may end without having read its input.
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const [stdout, stderr, [code, signal]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ])
  return { stdout, stderr, failure: code === 0 ? undefined : (signal ?? `exit code ${code}`) }
}

function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGTERM')
  } catch {
    // It has ended.
  }
}

/** Lines that follow the reason: where npm keeps its log, and what Node.js writes below an error. */
const AFTER_THE_REASON = /^npm error (A complete log|Log files|\s*$)|^\s+at |^\s*[{}]?\s*$|^Node\.js v/

function reasonIn(output: string): string | undefined {
  return output.split('\n').findLast((line) => !AFTER_THE_REASON.test(line))
}
