import assert from 'node:assert/strict'
import { join } from 'node:path'
import process from 'node:process'
import { runProgram } from '../servers/run-program.ts'

export const RENDER_BUILDKIT = join(import.meta.dirname, '../../dist/render-buildkit.cjs')

/** What a cluster gets of manifests. */
export async function render(manifests: string): Promise<string> {
  const { code, stdout, stderr } = await runProgram(process.execPath, [RENDER_BUILDKIT, 'build', '-'], {
    input: manifests,
  })
  assert.equal(code, 0, stderr)
  return stdout
}
