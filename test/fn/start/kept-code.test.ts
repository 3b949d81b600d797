import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import { caches, fileIn, home, kept, large, render, skip } from './kept-home.ts'

test('the second run starts with the code of the first, and prints the same', { skip }, () => {
  const first = render()
  const code = readFileSync(fileIn(kept))
  assert.equal(render(), first)
  assert.deepEqual(readFileSync(fileIn(kept)), code)
  assert.equal(render({ env: {} }), first)
})

test('the second run starts with the code of a first with a large package', { skip }, () => {
  render({ input: large })
  const { ino } = statSync(fileIn(kept))
  render()
  assert.equal(statSync(fileIn(kept)).ino, ino)
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

test('only the oldest code is removed, and no file of others', { skip }, () => {
  render()
  const name = basename(fileIn(kept))
  for (let version = 0; version < 20; version++) {
    writeFileSync(join(kept, `letter-${version}`), '')
    writeFileSync(join(kept, name.replace(/-v\d+/, `-v${100 + version}`)), '')
  }
  rmSync(join(kept, name))
  render()
  const names = readdirSync(kept)
  assert.equal(names.filter((each) => each.startsWith('letter-')).length, 20)
  assert.equal(names.filter((each) => each.endsWith('.bin')).length, 14)
  assert.ok(names.includes(name))
})

test('a home that cannot be written to changes nothing, and nothing is said of it', { skip }, () => {
  const file = join(home, 'file')
  writeFileSync(file, '')
  const first = render({ env: {} })
  for (const env of [{ HOME: file }, { HOME: '/dev/null' }, { XDG_CACHE_HOME: file }, { HOME: `/${'x'.repeat(5000)}` }])
    assert.equal(render({ env }), first)
})
