import { execFileSync } from 'node:child_process'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const PROGRAM = fileURLToPath(new URL('../../dist/render-buildkit.cjs', import.meta.url))
const IDENTITY = ['-c', 'user.name=Bench', '-c', 'user.email=bench@example.com', '-c', 'gc.auto=0']

/** What `render-buildkit` prints. */
export function renderBuildkit(...args: readonly string[]): Buffer {
  return execFileSync(process.execPath, [PROGRAM, ...args], { maxBuffer: 2 ** 30, stdio: ['ignore', 'pipe', 'ignore'] })
}

/** What Git prints in a folder. */
export function git(folder: string, ...args: readonly string[]): string {
  return execFileSync('git', [...IDENTITY, '-C', folder, ...args], { maxBuffer: 2 ** 30, encoding: 'utf8' })
}

/** How many bytes `git push` sends for the last commit. */
export function pushedBytes(folder: string): number {
  const objects = git(folder, 'rev-list', '--objects-edge', 'HEAD^..HEAD')
  const pack = execFileSync('git', ['-C', folder, 'pack-objects', '--thin', '--stdout', '--quiet'], {
    input: objects.replaceAll(/^-/gm, '^').replaceAll(/ .*$/gm, ''),
    maxBuffer: 2 ** 30,
  })
  return pack.length
}
