import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { after } from 'node:test'
import { type Outcome, runProgram } from '../../harness/servers/run-program.ts'

const MAIN = join(import.meta.dirname, '../../../fn/main.ts')
export const root: string = mkdtempSync(join(tmpdir(), 'base-'))
after(() => rmSync(root, { recursive: true }))

export function git(repository: string, ...args: readonly string[]): string {
  const config = ['user.name=a', 'user.email=a@example.com', 'protocol.file.allow=always']
  const options = config.flatMap((one) => ['-c', one])
  return execFileSync('git', ['-C', repository, ...options, ...args], { encoding: 'utf8', stdio: 'pipe' }).trim()
}

/** Commits everything. */
export function commit(repository: string): void {
  git(repository, 'add', '.')
  git(repository, 'commit', '--quiet', '--message', 'a')
}

/** A repository with a commit for each text of package.yaml. */
export function repositoryWith(...versions: readonly string[]): string {
  const repository = mkdtempSync(join(root, 'repository-'))
  git(repository, 'init', '--quiet')
  for (const text of versions) {
    writeFileSync(join(repository, 'package.yaml'), text)
    commit(repository)
  }
  return repository
}

interface Asked {
  readonly base?: string
  readonly path?: string
  readonly env?: Readonly<Record<string, string | undefined>>
}

export function diffIn(cwd: string, { base = 'HEAD', path = '.', env = {} }: Asked = {}): Promise<Outcome> {
  const environment = { ...process.env, ...env }
  return runProgram(process.execPath, [MAIN, 'diff', `--base=${base}`, path], { cwd, env: environment })
}
