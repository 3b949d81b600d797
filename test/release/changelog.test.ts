import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { test } from 'node:test'
import { REPOSITORY } from '../../release/run.ts'

test('CHANGELOG.md has every version of .changes, newest first', () => {
  const read = (path: string) => readFileSync(`${REPOSITORY}/${path}`, 'utf8').trimEnd()
  const versions = globSync('.changes/v*.md', { cwd: REPOSITORY }).sort((a, b) =>
    basename(b, '.md').localeCompare(basename(a, '.md'), 'en', { numeric: true }),
  )
  assert.equal(read('CHANGELOG.md'), ['.changes/header.tpl.md', ...versions].map(read).join('\n\n'))
})
