import { binary } from '../../harness/servers/binaries.ts'
import { runProgram } from '../../harness/servers/run-program.ts'

/** What BuildKit's own reader makes of a configuration: why it refuses it, or which lines and keys it ignores. */
export interface Verdict {
  readonly error?: string
  readonly ignored?: readonly string[]
}

/** Has documents read by BuildKit's `config.Load`. */
export async function whatBuildkitSays(documents: readonly string[]): Promise<readonly Verdict[]> {
  const { stdout } = await runProgram(binary('buildkitd-config'), [], { input: JSON.stringify(documents) })
  return JSON.parse(stdout)
}
