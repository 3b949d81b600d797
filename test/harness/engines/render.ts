import assert from 'node:assert/strict'
import { join } from 'node:path'
import process from 'node:process'
import { runProgram } from '../servers/run-program.ts'

export const RENDER_BUILDKIT = join(import.meta.dirname, '../../../dist/render-buildkit.cjs')

/** What a cluster gets of manifests; `options` are more arguments of `render-buildkit build`. */
export async function render(manifests: string, options: readonly string[] = []): Promise<string> {
  const { code, stdout, stderr } = await runProgram(process.execPath, [RENDER_BUILDKIT, 'build', '-', ...options], {
    input: manifests,
  })
  assert.equal(code, 0, stderr)
  return stdout
}
