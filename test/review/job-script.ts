import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { examplePath } from '../examples/example-names.ts'
import { runProgram } from '../harness/servers/run-program.ts'
import { path } from './checkout.ts'

/** A file of examples/ci, which has tags that only GitLab knows. */
export const read = (file: string) => parse(readFileSync(join(examplePath('ci'), file), 'utf8'), { logLevel: 'silent' })

/** Runs a script as the runners of GitHub and GitLab do. */
export function bash(script: string, cwd: string, env: Readonly<Record<string, string>>) {
  return runProgram('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd,
    env: { PATH: path, ...env },
  })
}
