import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { after, beforeEach, test } from 'node:test'
import { isOwn } from '../../../fn/start/read-own-folder.ts'
import { bundle } from '../bundled.ts'
import { buildkit, listOf, template } from '../items.ts'

const home = mkdtempSync(join(homedir(), '.render-buildkit-test-'))
const caches = join(home, '.cache')
const kept = join(caches, 'render-buildkit')
const skip = isOwn(home, process) ? false : 'must have a home that only this user can change'
const input = listOf([template('small'), buildkit('a', { template: 'small' })])

beforeEach(() => rmSync(caches, { recursive: true, force: true }))
after(() => rmSync(home, { recursive: true }))

interface Run {
  readonly env?: Readonly<Record<string, string>>
  readonly args?: readonly string[]
}

function render({ env = { HOME: home }, args = [] }: Run = {}): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bundle, ...args], { env, input, encoding: 'utf8' })
  assert.equal(status, 0, stderr)
  return stdout
}

function fileIn(folder: string): string {
  const names = readdirSync(folder)
  assert.equal(names.length, 1)
  return join(folder, String(names[0]))
}

test('the second run starts with the code of the first, and prints the same', { skip }, () => {
  const first = render()
  const code = readFileSync(fileIn(kept))
  assert.equal(render(), first)
  assert.deepEqual(readFileSync(fileIn(kept)), code)
  assert.equal(render({ env: {} }), first)
})

test('what is kept belongs to the user alone', { skip }, () => {
  render()
  assert.equal(statSync(kept).mode & 0o777, 0o700)
  assert.equal(statSync(fileIn(kept)).mode & 0o777, 0o600)
})

test('each command keeps its own code', { skip }, () => {
  render()
  render({ args: ['explain'] })
  assert.deepEqual(
    readdirSync(kept).map((name) => name.split('-')[0]),
    ['explain', 'function'],
  )
})

for (const [how, damage] of [
  ['cut off', (file: string) => truncateSync(file, 1000)],
  ['empty', (file: string) => truncateSync(file, 0)],
  ['something else', (file: string) => writeFileSync(file, 'x'.repeat(1_000_000))],
] as const) {
  test(`code that is ${how} is not used, and replaced`, { skip }, () => {
    const first = render()
    const file = fileIn(kept)
    const { length } = readFileSync(file)
    damage(file)
    assert.equal(render(), first)
    assert.ok(readFileSync(file).length > length / 2)
  })
}

test('nothing is kept where the user switches that off', { skip }, () => {
  render({ env: { HOME: home, NODE_DISABLE_COMPILE_CACHE: '1' } })
  assert.equal(existsSync(caches), false)
})

test('nothing is kept without a home, or with one that is no absolute path', () => {
  for (const env of [{}, { HOME: '' }, { HOME: '.' }, { XDG_CACHE_HOME: 'caches' }]) {
    render({ env })
    assert.equal(existsSync('.cache/render-buildkit') || existsSync('caches'), false)
  }
})

test('nothing is kept or read where others can write', { skip }, () => {
  for (const folder of [kept, caches, home]) {
    mkdirSync(kept, { recursive: true })
    chmodSync(folder, 0o777)
    try {
      assert.equal(isOwn(kept, process), false)
      render()
      assert.deepEqual(readdirSync(kept), [])
    } finally {
      chmodSync(folder, 0o700)
    }
  }
})

test('a link is not followed to the code of somebody else', { skip }, () => {
  const first = render()
  const file = fileIn(kept)
  const elsewhere = join(home, 'elsewhere')
  writeFileSync(elsewhere, 'not code')
  rmSync(file)
  symlinkSync(elsewhere, file)
  assert.equal(render(), first)
  assert.equal(readFileSync(elsewhere, 'utf8'), 'not code')
})

test('a home that cannot be written to changes nothing', { skip: process.platform === 'win32' }, () => {
  const file = join(home, 'file')
  writeFileSync(file, '')
  assert.equal(render({ env: { HOME: file } }), render({ env: {} }))
})
