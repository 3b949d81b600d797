import assert from 'node:assert/strict'
import { chmodSync, chownSync, linkSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { writeFiles } from '../../../fn/fix/write-files.ts'
import { correctedTemplate, filesIn, fix, folderOf, root, template } from './folder.ts'

test('a link stays one, and the file that it leads to is corrected', async () => {
  const folder = folderOf('linked', { 'real.txt': template })
  symlinkSync('real.txt', join(folder, 'a.yaml'))
  assert.equal((await fix(folder)).exitCode, 0)
  assert.deepEqual(filesIn(folder), { 'real.txt': correctedTemplate })
})

test('a file and a link to it are one file', () => {
  const folder = folderOf('linked-twice', { 'a.yaml': 'a' })
  symlinkSync('a.yaml', join(folder, 'b.yaml'))
  const paths = [join(folder, 'a.yaml'), join(folder, 'b.yaml')]
  assert.deepEqual(writeFiles(paths.map((path) => ({ path, before: 'a', after: 'x' }))), [])
  assert.deepEqual(filesIn(folder), { 'a.yaml': 'x' })
})

const isRoot = process.getuid?.() === 0
const NOBODY = 65534

/** What a user gets who may not do everything. */
function asNobody<T>(run: () => T): T {
  if (!isRoot) return run()
  process.seteuid?.(NOBODY)
  try {
    return run()
  } finally {
    process.seteuid?.(0)
  }
}

/** Ways to keep the second of two files from being written; what is said of it. */
const FAILURES: Readonly<Record<string, readonly [prepare: (folder: string) => void, said: RegExp]>> = {
  'it has another name': [
    (folder) => linkSync(join(folder, 'b.yaml'), join(folder, 'c.yaml')),
    /b\.yaml: must not be a hard link, .*; correct it by hand; no file was changed$/,
  ],
  'it has changed since it was read': [
    (folder) => writeFileSync(join(folder, 'b.yaml'), 'c'),
    /b\.yaml: must not change during a fix, but another program has changed it; run fix again; no file was changed$/,
  ],
  'it is gone': [
    (folder) => rmSync(join(folder, 'b.yaml')),
    /b\.yaml: must be a file that can be changed, in a folder that can be written to: ENOENT/,
  ],
  'it is for reading only': [
    (folder) => chmodSync(join(folder, 'b.yaml'), 0o444),
    /b\.yaml: must be a file that can be changed, in a folder that can be written to: EACCES/,
  ],
  'its folder is for reading only': [(folder) => chmodSync(folder, 0o555), /a\.yaml: must be a file .*: EACCES/],
  ...(isRoot && {
    'it can be changed but not replaced': [
      (folder) => {
        for (const path of [folder, join(folder, 'b.yaml')]) {
          chownSync(path, 0, 0)
          chmodSync(path, 0o1777)
        }
      },
      /b\.yaml: must be a file .*: EPERM/,
    ],
  }),
}

for (const [name, [prepare, said]] of Object.entries(FAILURES))
  test(`fixing writes all files or none: ${name}`, () => {
    const folder = folderOf(name, { 'a.yaml': 'a', 'b.yaml': 'b' })
    chmodSync(root, 0o755)
    if (isRoot) for (const path of ['', 'a.yaml', 'b.yaml']) chownSync(join(folder, path), NOBODY, NOBODY)
    prepare(folder)
    const before = filesIn(folder)
    const wanted = ['a', 'b'].map((text) => ({ path: join(folder, `${text}.yaml`), before: text, after: 'x' }))
    const [problem, ...more] = asNobody(() => writeFiles(wanted))
    chmodSync(folder, 0o755)
    assert.match(problem ?? '', said)
    assert.deepEqual([more, filesIn(folder)], [[], before])
  })

if (isRoot)
  test('who owns a file does not change', () => {
    const path = join(folderOf('owned', { 'a.yaml': 'a' }), 'a.yaml')
    chownSync(path, NOBODY, NOBODY)
    assert.deepEqual(writeFiles([{ path, before: 'a', after: 'x' }]), [])
    assert.equal(statSync(path).uid, NOBODY)
  })
