import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import type { ReadError } from '../yaml/parse-nodes.ts'
import { type Git, gitIn } from './read-git.ts'

/** A file of a revision, or why it cannot be compared with that of the work tree. */
export type FileOfRevision = { readonly path: string } & (
  | { readonly bytes: Uint8Array }
  | { readonly error: ReadError }
)

interface Asked {
  readonly revision: string
  /** A file or folder of the work tree, which may be gone. */
  readonly path: string
  /** Whether a file with that name is read. */
  readonly isRead: (name: string) => boolean
}

/**
 * The files that a revision of a Git repository has at a path, as Git stores them, so that no filter or attribute changes them. What the
 * work tree has in another way than the revision is an error: it would look as if it came or went.
 */
export function filesOfRevision({
  revision,
  path,
  isRead,
}: Asked): readonly FileOfRevision[] | { readonly error: ReadError } {
  const { folder, rest } = placeOf(path)
  const git = gitIn(folder)
  const problem = problemOf(git, rest)
  if (problem !== undefined) return { error: { message: problem } }
  // A revision that begins with a dash would be an option.
  const commit = git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`])
  if (!commit.isFine)
    return { error: { message: `must be in a Git repository that has the revision "${revision}"${shallow(git)}` } }
  const listed = git(['ls-tree', '-r', '-z', String(commit.output).trim(), '--', rest])
  if (!listed.isFine) return { error: { message: `must be readable in revision "${revision}": ${listed.complaint}` } }
  const entries = entriesIn(listed.output).filter(({ path: file, type }) =>
    type === 'submodule' ? isFilled(join(folder, file)) : isRead(basename(file)),
  )
  const files = entries.filter(({ type }) => type === 'file')
  const contents = contentsOf(git, files)
  if (!contents)
    return {
      error: { message: `must be readable in revision "${revision}"; a shallow, partial or damaged clone lacks it` },
    }
  const shown = (file: string) => relative('', join(folder, file))
  return [
    ...files.map(({ path: file }, at) => ({ path: shown(file), bytes: contents[at] ?? new Uint8Array() })),
    ...entries
      .filter(({ type }) => type !== 'file')
      .map(({ path: file, type }) => ({
        path: shown(file),
        error: { message: `must be a file in revision "${revision}", got a ${type}` },
      })),
  ]
}

/** The nearest folder that exists, so that Git sees the repository that has it, and what is below it. */
function placeOf(path: string): { readonly folder: string; readonly rest: string } {
  let folder = resolve(path)
  const rest: string[] = []
  while (!(existsSync(folder) && statSync(folder).isDirectory())) {
    rest.unshift(basename(folder))
    folder = dirname(folder)
  }
  return { folder, rest: rest.length > 0 ? rest.join('/') : '.' }
}

/** Why a path of this work tree cannot be compared with any revision. */
function problemOf(git: Git, path: string): string | undefined {
  const inside = git(['rev-parse', '--is-inside-work-tree'])
  if (!inside.isFine) return `must be in a Git repository: ${inside.complaint}`
  if (String(inside.output).trim() !== 'true')
    return 'must be in the work tree of a Git repository, got a bare repository'
  const missing = git(['ls-files', '-t', '-z', '--', path])
  const [skipped] = String(missing.output)
    .split('\0')
    .filter((entry) => entry.startsWith('S '))
  return skipped && `must be checked out, but a sparse checkout leaves out "${skipped.slice(2)}"`
}

/** The next step for a clone that has the newest commits only. */
function shallow(git: Git): string {
  const isShallow = String(git(['rev-parse', '--is-shallow-repository']).output).trim() === 'true'
  return isShallow ? '; this clone is shallow: fetch more of its history' : ''
}

interface Entry {
  readonly id: string
  readonly path: string
  readonly type: 'file' | 'link' | 'submodule'
}

const TYPES: Readonly<Record<string, Entry['type']>> = { 120000: 'link', 160000: 'submodule' }

/** `100644 blob <id>\t<path>`, with another mode for a program, a link or a submodule. */
function entriesIn(listed: Buffer): readonly Entry[] {
  const lines = String(listed).split('\0').filter(Boolean)
  return lines.map((line) => {
    const [mode = '', , id = ''] = line.slice(0, line.indexOf('\t')).split(' ')
    return { id, path: line.slice(line.indexOf('\t') + 1), type: TYPES[mode] ?? 'file' }
  })
}

/** A submodule that is checked out: its files are read from the work tree. */
function isFilled(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory() && readdirSync(path).length > 0
}

/** `git cat-file --batch` writes `<id> blob <size>`, the bytes and a line break for each, or `<id> missing`. */
function contentsOf(git: Git, files: readonly Entry[]): readonly Uint8Array[] | undefined {
  const { isFine, output } = git(['cat-file', '--batch'], files.map(({ id }) => `${id}\n`).join(''))
  if (!isFine) return undefined
  const contents: Uint8Array[] = []
  for (let at = 0; contents.length < files.length; ) {
    const line = output.indexOf('\n', at)
    const [, size] = /^\w+ blob (\d+)$/.exec(output.toString('latin1', at, line)) ?? []
    if (size === undefined) return undefined
    contents.push(output.subarray(line + 1, line + 1 + Number(size)))
    at = line + 1 + Number(size) + 1
  }
  return contents
}
