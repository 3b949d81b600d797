import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { serveFiles } from '../../harness/serve-files.ts'
import { runProgram } from '../../harness/servers/run-program.ts'

const ROOT = join(import.meta.dirname, '../../..')

/** Where a release has its site. */
export const BASE = '/buildkit-gitops/v0.1/'

export interface BuiltSite extends AsyncDisposable {
  readonly folder: string
  readonly url: string
}

/** The site of these sources, built and served. */
export async function buildSite(): Promise<BuiltSite> {
  const folder = await mkdtemp(join(tmpdir(), 'site-'))
  const env = { ...process.env, SITE_BASE: BASE }
  const args = ['node_modules/vitepress/bin/vitepress.js', 'build', 'docs', '--outDir', folder]
  const { code, stdout, stderr } = await runProgram(process.execPath, args, { cwd: ROOT, env })
  assert.equal(code, 0, `${stdout}${stderr}`)
  const server = await serveFiles((path) => {
    const file = join(folder, path.slice(BASE.length - 1))
    return path.startsWith(BASE.slice(1)) && existsSync(file) ? readFileSync(file) : undefined
  })
  return {
    folder,
    url: `${server.url}${BASE.slice(1)}`,
    [Symbol.asyncDispose]: async () => {
      await server.stop()
      await rm(folder, { recursive: true })
    },
  }
}
