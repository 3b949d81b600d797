import process from 'node:process'

/** How a command of Git ended. */
interface GitOutcome {
  readonly isFine: boolean
  readonly output: Buffer
  /** The first line of what it reports; why Git could not be started, if it was not. */
  readonly complaint: string
}

export type Git = (args: readonly string[], input?: string) => GitOutcome

/** Nothing of a repository runs: no hook, no monitor of its files, and no download of what a partial clone lacks. */
const PLAIN = ['--no-pager', '-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null']
const ENVIRONMENT = {
  GIT_NO_LAZY_FETCH: '1',
  // A local replacement would show another history than the one that everybody has.
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  LC_ALL: 'C',
}
const BYTES_MAX = 2 ** 30

/** Git in a folder, only for reading. */
export function gitIn(cwd: string): Git {
  // Loaded here, because it takes longer than a render of one Buildkit.
  const { spawnSync } = process.getBuiltinModule('node:child_process')
  return (args, input = '') => {
    const { status, stdout, stderr, error } = spawnSync('git', [...PLAIN, ...args], {
      cwd,
      input,
      env: { ...process.env, ...ENVIRONMENT },
      maxBuffer: BYTES_MAX,
    })
    const isMissing = (error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT'
    const [complaint = ''] = isMissing ? ['`git` must be on PATH'] : String(error?.message ?? stderr).split('\n')
    return { isFine: status === 0, output: stdout, complaint }
  }
}
