import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { REPOSITORY, run } from '../run.ts'

/** `not published yet`, `Nothing is published yet`, also across lines and comments; `no published image`, and the cell of a table. */
const DENIAL = /\b(not|no|none|nothing|neither)\b[^.;]*?\bpublished(\s+#)?\s+yet\b|\bno published\b|\| none yet \|/i

/** Texts of the repository that say that nothing is published yet: they are false once a version is. */
export async function denials(): Promise<readonly string[]> {
  const paths = (await run('git', ['ls-files', '-z', '--', '*.md', '*.yaml', '*.yml', '*.json'])).split('\0')
  return paths.filter((path) => path !== '' && !path.startsWith('test/') && DENIAL.test(read(path)))
}

function read(path: string): string {
  return readFileSync(join(REPOSITORY, path), 'utf8')
}
