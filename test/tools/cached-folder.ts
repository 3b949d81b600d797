import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { buildArguments } from './build-arguments.ts'
import type { Tool } from './tool.ts'

/** Where the build of a tool stands once it is there. Whatever would change the program changes the folder. */
export function cachedFolder(tool: Tool, goVersion: string): string {
  const hash = createHash('sha256').update(JSON.stringify([goVersion, ...buildArguments(tool)]))
  const module = join(import.meta.dirname, tool.module)
  for (const name of readdirSync(module).sort()) hash.update(readFileSync(join(module, name)))
  const caches = process.env.XDG_CACHE_HOME || join(homedir(), '.cache')
  return join(caches, 'buildkit-gitops/tools', `${tool.name}-${hash.digest('hex').slice(0, 16)}`)
}
