import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { run } from '../run.ts'
import { PARTS, partOf } from './part-of.ts'

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
  await run(program, [...args, ...SAME_BYTES, partOf('training.cjs')], {
    cwd: PARTS,
    env: { RENDERER: partOf('renderer.js'), CODE: file },
    input: await readFile(PACKAGE),
  })
}
