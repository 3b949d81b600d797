import assert from 'node:assert/strict'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import process from 'node:process'
import { test } from 'node:test'
import { nodeBinary } from '../../release/node-binaries.ts'
import { REPOSITORY } from '../../release/run.ts'
import { runProgram } from '../harness/servers/run-program.ts'

test('a Node.js in the cache that is not the one that npm has never ends up in a release', async () => {
  const cache = await mkdtemp(join(tmpdir(), 'cache-'))
  try {
    const original = await nodeBinary('linux-amd64')
    const folder = join(cache, 'buildkit-gitops/node', basename(dirname(original)))
    await mkdir(folder, { recursive: true })
    await cp(join(dirname(original), 'package.tgz'), join(folder, 'package.tgz'))
    await writeFile(join(folder, 'node'), 'evil')
    const { stdout } = await downloaded({ XDG_CACHE_HOME: cache })
    assert.equal(stdout, join(folder, 'node'))
    assert.ok((await readFile(stdout)).equals(await readFile(original)))
    await writeFile(join(folder, 'package.tgz'), 'evil')
    const { stderr } = await downloaded({ XDG_CACHE_HOME: cache })
    assert.match(stderr, /package\.tgz must have the integrity sha512-.*, got sha512-.*; remove it$/m)
  } finally {
    await rm(cache, { recursive: true })
  }
})

test('a cache folder that is relative is ignored', async () => {
  const { stdout } = await downloaded({ XDG_CACHE_HOME: 'cache' })
  assert.match(stdout, /^\/.*\/\.cache\/buildkit-gitops\/node\//)
})

/** Where another process finds Node.js for Linux on amd64. */
function downloaded(env: Readonly<Record<string, string>>) {
  const script = `const { nodeBinary } = await import('${REPOSITORY}/release/node-binaries.ts')
    process.stdout.write(await nodeBinary('linux-amd64'))`
  return runProgram(process.execPath, ['--input-type=module', '-e', script], { env: { ...process.env, ...env } })
}
