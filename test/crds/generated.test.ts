import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { test } from 'node:test'
import { files } from '../../crds/generate/files.ts'
import { KINDS } from '../../crds/generate/kinds.ts'

const repository = join(import.meta.dirname, '../..')
const expected = files(KINDS)

for (const [path, text] of Object.entries(expected)) {
  test(`${path} is up to date; if not, run npm run generate`, () => {
    assert.equal(readFileSync(join(repository, path), 'utf8'), text)
  })
}

test('crds/generated has no file that nothing generates', () => {
  const entries = readdirSync(join(repository, 'crds/generated'), { recursive: true, withFileTypes: true })
  const found = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(repository, join(parentPath, name)))
  assert.deepEqual(
    found.sort(),
    Object.keys(expected)
      .filter((path) => path.startsWith('crds/'))
      .sort(),
  )
})
