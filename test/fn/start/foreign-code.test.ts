import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  closeSync,
  copyFileSync,
  existsSync,
  lchownSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { isOwn } from '../../../fn/start/read-own-folder.ts'
import { caches, fileIn, home, kept, needsRoot, OTHER, render, skip } from './kept-home.ts'

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

test('code from another file is not executed: that of a repository, an archive or another folder', { skip }, () => {
  const first = render()
  const file = fileIn(kept)
  // Valid code with the name of ours, as a repository may have it.
  const foreign = `${file}.foreign`
  copyFileSync(file, foreign)
  renameSync(foreign, file)
  const { ino } = statSync(file)
  assert.equal(render(), first)
  assert.notEqual(statSync(file).ino, ino, 'the file must be replaced')
})

test('code with one wrong bit is not executed', { skip }, () => {
  const first = render()
  const file = fileIn(kept)
  const { ino } = statSync(file)
  const bytes = readFileSync(file)
  const at = bytes.indexOf('restartPolicy')
  assert.ok(at > 0)
  bytes[at] = Number(bytes[at]) ^ 1
  const descriptor = openSync(file, 'r+')
  writeSync(descriptor, bytes)
  closeSync(descriptor)
  assert.equal(render(), first)
  assert.notEqual(statSync(file).ino, ino, 'the file must be replaced')
})

test('code that others may read or write is not executed', { skip }, () => {
  render()
  const file = fileIn(kept)
  const { ino } = statSync(file)
  chmodSync(file, 0o666)
  render()
  assert.notEqual(statSync(file).ino, ino, 'the file must be replaced')
})

test('a pipe in place of the code is not waited for', { skip }, () => {
  render()
  const file = fileIn(kept)
  rmSync(file)
  assert.equal(spawnSync('mkfifo', ['-m', '600', file]).status, 0)
  render()
  assert.ok(statSync(file).isFile())
})

test('a link of somebody else is not followed, nor one on the way to the folder', { skip: needsRoot() }, () => {
  mkdirSync(caches, { mode: 0o700 })
  const elsewhere = join(home, 'elsewhere')
  mkdirSync(elsewhere, { mode: 0o700 })
  symlinkSync(elsewhere, kept)
  assert.equal(isOwn(kept, process), true)
  lchownSync(kept, OTHER, OTHER)
  assert.equal(isOwn(kept, process), false)
  render()
  assert.deepEqual(readdirSync(elsewhere), [])
  rmSync(elsewhere, { recursive: true })
})

test('root makes nothing in the home of a user', { skip: needsRoot() }, () => {
  const users = join(home, 'user')
  mkdirSync(users, { mode: 0o700 })
  chownSync(users, OTHER, OTHER)
  render({ env: { HOME: users } })
  assert.deepEqual(readdirSync(users), [])
  rmSync(users, { recursive: true })
})

test('a home that does not exist is not made', { skip }, () => {
  const missing = join(home, 'missing')
  render({ env: { HOME: missing } })
  assert.equal(existsSync(missing), false)
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
