import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'

/** Helm: the one that the tests have built, else the one on PATH; undefined where there is neither. */
export function findHelm(): string | undefined {
  const tools = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'buildkit-gitops', 'tools')
  const built = existsSync(tools) ? readdirSync(tools).filter((name) => name.startsWith('helm-')) : []
  const candidates = [...built.sort().map((name) => join(tools, name, 'helm')), 'helm']
  return candidates.find((helm) => spawnSync(helm, ['version']).status === 0)
}
