import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { partOf } from './part-of.ts'

/** A package as a ResourceList, with what most builders have: executables have the code of the functions that render it. */
const PACKAGE = join(import.meta.dirname, 'training.yaml')

/** Without them, the hashes and the threads of V8 order the code in another way in each run. */
const SAME_BYTES = ['--predictable', '--random-seed=1']

/**
 * Writes the code that V8 makes of the renderer to a file. `node` is the command that runs the Node.js of the executable: code is bound
 * to its version and its architecture.
 */
export async function writeCompiledCode(node: readonly [string, ...string[]], file: string): Promise<void> {
  const [program, ...args] = node
  const child = spawn(program, [...args, ...SAME_BYTES, partOf('training.cjs')], {
    env: { RENDERER: partOf('renderer.js'), CODE: file },
    stdio: 'pipe',
  })
  child.stdout.resume()
  child.stdin.end(await readFile(PACKAGE))
  const [stderr, [exitCode]] = await Promise.all([text(child.stderr), once(child, 'close')])
  if (exitCode !== 0) throw new Error(`must render ${PACKAGE}, got exit code ${exitCode}: ${stderr}`)
}
