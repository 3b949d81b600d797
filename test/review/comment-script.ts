import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { after } from 'node:test'
import { type Outcome, runProgram } from '../harness/servers/run-program.ts'
import type { Forge } from './forge.ts'

const SCRIPT = join(import.meta.dirname, '../../config/review/comment.mjs')
/** What a comment without the hash of a commit begins with. */
export const MARK = '<!-- render-buildkit diff: builders -->'
export const HEAD = `${MARK}\nBuilders in \`builders\`:\n`
export const folder = mkdtempSync(join(tmpdir(), 'comment-'))
after(() => rmSync(folder, { recursive: true }))

/** Comments as a job of GitHub does. */
export function comment({ url }: Forge, report: string, env: Readonly<Record<string, string>> = {}): Promise<Outcome> {
  writeFileSync(join(folder, 'report.md'), report)
  const github = { GITHUB_API_URL: url, GITHUB_REPOSITORY: 'team/builders', PULL_REQUEST: '12' }
  const job = { REPORT: join(folder, 'report.md'), PACKAGE: 'builders', TOKEN: 's3cret', ...github, ...env }
  return runProgram(process.execPath, [SCRIPT], { env: job })
}
