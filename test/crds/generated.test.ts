import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
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
  const found = readdirSync(join(repository, 'crds/generated')).map((name) => `crds/generated/${name}`)
  assert.deepEqual(
    found.sort(),
    Object.keys(expected)
      .filter((path) => path.startsWith('crds/'))
      .sort(),
  )
})
