import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before } from 'node:test'
import { bundled } from '../../fn/generate/bundle.ts'

/** A folder of the tests of one file, with the program in it. */
export const folder = mkdtempSync(join(tmpdir(), 'render-buildkit-'))
export const bundle = join(folder, 'render-buildkit.cjs')

before(async () => {
  writeFileSync(bundle, await bundled())
})
after(() => rmSync(folder, { recursive: true }))
