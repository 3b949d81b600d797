import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before } from 'node:test'
import { build } from 'esbuild'

/** A folder of the tests of one file, with the program in it. */
export const folder = mkdtempSync(join(tmpdir(), 'render-buildkit-'))
export const bundle = join(folder, 'render-buildkit.cjs')

before(async () => {
  await build({ entryPoints: ['fn/main.ts'], outfile: bundle, bundle: true, platform: 'node', format: 'cjs' })
})
after(() => rmSync(folder, { recursive: true }))
