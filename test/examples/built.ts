import assert from 'node:assert/strict'
import { runCommand } from '../../fn/commands/run-command.ts'

/** What `render-buildkit build` prints for a folder or file. */
export async function built(path: string): Promise<{ readonly manifests: string; readonly stderr: readonly string[] }> {
  const { stdout, stderr, exitCode } = await runCommand(['build', path], () => {
    throw new Error('build was given a path, and read standard input')
  })
  assert.equal(exitCode, 0, stderr.join('\n'))
  return { manifests: stdout.join(''), stderr }
}
