import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { DEFAULT_CONFIG } from '../../fn/config/render-config.ts'
import { readManifests } from '../../fn/input/read-files.ts'
import { decide } from '../../fn/output/render.ts'
import { lineOf } from '../../fn/results/results.ts'
import { examplePath } from './example-names.ts'

const TEMPLATES = examplePath('templates')
const files = readdirSync(TEMPLATES).filter((name) => name.endsWith('.yaml'))

/** What rules say of a file or folder, but for what is so of every template: plain TCP. */
function saidOf(path: string): readonly string[] {
  const items = readManifests([path], new Uint8Array())
  const { results } = decide(items, DEFAULT_CONFIG, { isAdvised: true })
  return results.filter(({ rule }) => rule?.id !== 'BK401').map((result) => lineOf(result))
}

test('examples/templates has eight of them, and no rule says anything of all together', () => {
  assert.equal(files.length, 8)
  assert.deepEqual(saidOf(TEMPLATES), [])
})

/** They show what a builder in production may need, and nothing that a rule speaks against. */
const OF_PRODUCTION = ['company-network', 'emulation', 'kata', 'nvme', 'own-disk', 'replicas', 'teams', 'warm-cache']

for (const name of OF_PRODUCTION) {
  test(`no rule says anything of examples/${name}`, () => {
    assert.deepEqual(saidOf(examplePath(name)), [])
  })
}

for (const file of files) {
  test(`no rule says anything of examples/templates/${file}`, () => {
    assert.deepEqual(saidOf(join(TEMPLATES, file)), [])
  })
}
