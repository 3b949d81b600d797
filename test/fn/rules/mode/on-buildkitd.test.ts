import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import process from 'node:process'
import { after, suite, test } from 'node:test'
import { parse } from 'yaml'
import { rowsFor } from '../../../../docs/generate/mode-matrix.ts'
import { MODE_SECTIONS, ordinary } from '../../../../docs/generate/mode-sections.ts'
import { binary, needs } from '../../../harness/servers/binaries.ts'
import { manifestOf } from './manifest-of.ts'

const skip = process.getuid?.() === 0 ? needs('buildkitd', 'runc') : 'needs root, as a privileged builder is'

/** What a privileged buildkitd says of a configuration before it exits. */
function lastWords(folder: string, toml: string): string {
  const file = join(folder, 'buildkitd.toml')
  writeFileSync(file, toml)
  const args = ['--config', file, '--root', join(folder, 'root'), '--addr', `unix://${join(folder, 'buildkitd.sock')}`]
  const PATH = [dirname(binary('runc')), process.env.PATH].join(delimiter)
  const { stderr, status } = spawnSync(binary('buildkitd'), args, { encoding: 'utf8', env: { PATH }, timeout: 60_000 })
  assert.equal(status, 1, stderr)
  return stderr.split('\n').find((line) => line.startsWith('buildkitd: ')) ?? stderr
}

const EXITS = ['BK310', 'BK312', 'BK402']

suite('a real buildkitd says what docs/modes.md says', { skip }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'on-buildkitd-'))
  after(() => rmSync(folder, { recursive: true }))
  const situations = MODE_SECTIONS.flatMap(({ rows }) =>
    rows.map(({ differs }) => ({ ...ordinary('privileged'), ...differs })),
  )
  for (const situation of situations) {
    const [row] = rowsFor(situation).filter(
      ({ rule, shows }) => EXITS.includes(rule.id) && shows.startsWith('buildkitd: '),
    )
    if (!row) continue
    test(`${row.rule.id} ${row.shows}`, () => {
      const said = lastWords(folder, parse(manifestOf(situation)).spec.buildkitdToml)
      const [before = '', behind = ''] = row.shows.split('…')
      assert.ok(said.startsWith(before) && said.endsWith(behind), `${said} (${row.rule.text().what})`)
    })
  }
})
