import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parse } from 'yaml'
import { files } from '../../charts/generate/files.ts'
import packageJson from '../../package.json' with { type: 'json' }
import { repositoryFiles } from '../house/repository-files.ts'

const repository = join(import.meta.dirname, '../..')
const expected = files(repository)

for (const [path, text] of Object.entries(expected)) {
  test(`${path} is up to date; if not, run npm run generate`, () => {
    assert.equal(readFileSync(join(repository, path), 'utf8'), text)
  })
}

test('the chart has no copy of a removed file', () => {
  const copies = [...repositoryFiles('charts/buildkit-controller/files/**/*').keys()]
  assert.deepEqual(
    copies,
    Object.keys(expected)
      .filter((path) => path.includes('/files/'))
      .sort(),
  )
})

test('the chart has the version of the package, and the tag of the image is that with a v', () => {
  const { version, appVersion } = parse(readFileSync(join(repository, 'charts/buildkit-controller/Chart.yaml'), 'utf8'))
  assert.deepEqual({ version, appVersion }, { version: packageJson.version, appVersion: `v${packageJson.version}` })
})
