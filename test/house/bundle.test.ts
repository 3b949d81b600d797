import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { build } from 'esbuild'

test('the program loads only what starts fast of Node.js, and diff, hashes, yaml, smol-toml, the small half of zod and constants of kpt-functions', async () => {
  const { metafile } = await build({
    absWorkingDir: join(import.meta.dirname, '../..'),
    entryPoints: ['fn/main.ts'],
    bundle: true,
    platform: 'node',
    metafile: true,
    write: false,
    logLevel: 'silent',
  })
  const inputs = Object.keys(metafile.inputs)
  const ofNode = Object.values(metafile.inputs).flatMap(({ imports }) =>
    imports.filter(({ kind }) => kind === 'import-statement'),
  )
  // Others load the streams of Node.js or OpenSSL, which takes longer than a small package: load them where they are needed.
  assert.deepEqual([...new Set(ofNode.filter(({ external }) => external).map(({ path }) => path))].sort(), [
    'node:fs',
    'node:path',
    'node:process',
    'node:util',
  ])
  const packages = inputs.flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? [])
  assert.deepEqual([...new Set(packages)].sort(), [
    '@noble/hashes',
    'diff',
    'kpt-functions',
    'smol-toml',
    'yaml',
    'zod',
  ])
  assert.deepEqual(
    inputs.filter((path) => /\/kpt-functions\/|\/zod\/v4\/classic\//.test(path)),
    ['node_modules/kpt-functions/dist/src/metadata.js'],
  )
})

test('the program is ASCII, which Node.js loads faster and keeps in half the memory', () => {
  const text = readFileSync(join(import.meta.dirname, '../../dist/render-buildkit.cjs'), 'utf8')
  assert.deepEqual(text.match(/.{0,20}\P{ASCII}+/gu) ?? [], [])
})
