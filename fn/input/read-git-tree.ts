import process from 'node:process'
import type { ReadError } from '../yaml/parse-nodes.ts'

/** A file of a revision. */
export interface FileOfRevision {
  readonly path: string
  readonly bytes: Uint8Array
}

/** Nothing of a repository runs: no hook, no monitor of its files, and no download of what a partial clone lacks. */
const PLAIN = ['--no-pager', '-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null']
const ENVIRONMENT = { GIT_NO_LAZY_FETCH: '1', GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' }
const BYTES_MAX = 2 ** 30

/**
 * The files that a revision of a Git repository has at a path, as Git stores them, so that no filter or attribute changes them. Links
 * and submodules are left out. Paths are relative to the working directory, which is in the repository.
 */
export function filesOfRevision(
  revision: string,
  path: string,
): readonly FileOfRevision[] | { readonly error: ReadError } {
  // A revision that begins with a dash would be an option.
  const commit = git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`])
  if (!commit)
    return { error: { message: `must be in a Git repository that has the revision "${revision}"${shallow()}` } }
  const listed = git(['ls-tree', '-r', '-z', commit.toString('utf8').trim(), '--', path])
  if (!listed) return { error: { message: `must be in a Git repository, to be read from revision "${revision}"` } }
  const entries = listed.toString('utf8').split('\0').filter(isFile)
  const blobs = entries.map((entry) => ({
    id: entry.slice(12, entry.indexOf('\t')),
    path: entry.slice(entry.indexOf('\t') + 1),
  }))
  const contents = git(['cat-file', '--batch'], blobs.map(({ id }) => `${id}\n`).join(''))
  if (!contents)
    return { error: { message: `must be readable in revision "${revision}"; a shallow or partial clone lacks it` } }
  return withContents(blobs, contents)
}

/** The next step for a clone that has the newest commits only. */
function shallow(): string {
  const isShallow = git(['rev-parse', '--is-shallow-repository'])?.toString('utf8').trim() === 'true'
  return isShallow ? '; this clone is shallow: fetch more of its history' : ''
}

/** `100644 blob <id>\t<path>`, also of a program; not of a link or a submodule. */
function isFile(entry: string): boolean {
  return /^100[67]\d\d blob /.test(entry)
}

/** `git cat-file --batch` writes `<id> blob <size>`, the bytes and a line break for each. */
function withContents(blobs: readonly { readonly path: string }[], output: Buffer): readonly FileOfRevision[] {
  let at = 0
  return blobs.map(({ path }) => {
    const line = output.indexOf('\n', at)
    const size = Number(output.toString('latin1', at, line).split(' ')[2])
    at = line + 1 + size + 1
    return { path, bytes: output.subarray(line + 1, line + 1 + size) }
  })
}

function git(args: readonly string[], input = ''): Buffer | undefined {
  // Loaded here, because it takes longer than a render of one Buildkit.
  const { spawnSync } = process.getBuiltinModule('node:child_process')
  const { status, stdout } = spawnSync('git', [...PLAIN, ...args], {
    input,
    env: { ...process.env, ...ENVIRONMENT },
    maxBuffer: BYTES_MAX,
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  return status === 0 ? stdout : undefined
}
