import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** The repository that is released. */
export const REPOSITORY = join(import.meta.dirname, '..')

const execute = promisify(execFile)

interface Surroundings {
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
}

/** What a program writes to standard output; rejects with the last line that it wrote to standard error, or else to standard output. */
export async function run(program: string, args: readonly string[], surroundings: Surroundings = {}): Promise<string> {
  try {
    const { stdout } = await execute(program, args, { cwd: REPOSITORY, maxBuffer: 2 ** 28, ...surroundings })
    return stdout
  } catch (cause) {
    const {
      stderr = '',
      stdout = '',
      message,
    } = cause as Error & { readonly stderr?: string; readonly stdout?: string }
    const reason = lastLine(stderr) || lastLine(stdout) || message
    throw new Error(`${program} ${args[0] ?? ''} failed: ${reason}`, { cause })
  }
}

function lastLine(text: string): string | undefined {
  return text.trimEnd().split('\n').at(-1)
}

/** Options with which GNU tar writes the same bytes for the same files, whoever owns them. */
export function reproducible(epoch: number): readonly string[] {
  const owner = ['--owner=0', '--group=0', '--numeric-owner', '--mode=u=rwX,go=rX']
  return ['--sort=name', '--format=gnu', `--mtime=@${epoch}`, ...owner]
}
